"""The page of an index: map, opened territory, what is missing."""

from __future__ import annotations

import gzip
import re

import pytest
from django.urls import reverse

from jalons.indices.definitions import said
from jalons.indices.models import IndexDefinition
from jalons.indices.tables import plain
from jalons.territories.models import Contour, Membership, Territory
from tests.indices.conftest import observe

pytestmark = pytest.mark.django_db
PERIGUEUX = "200040392"


def page(client, name: str, code: str = "chiffres-embarques", **query: str) -> str:
    response = client.get(
        reverse(f"indices:{name}", args=[code]),
        query,
        headers={"accept-language": "fr"},
    )
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", response.content.decode())


@pytest.fixture
def contours(region) -> None:
    """A square for each EPCI, side by side."""
    Contour.objects.bulk_create(
        Contour(
            territory=one,
            vintage=2026,
            frame="metropole",
            path=f"M{at * 10} 0h9v9h-9z",
            min_x=at * 10,
            min_y=0,
            max_x=at * 10 + 9,
            max_y=9,
        )
        for at, one in enumerate(Territory.objects.epci())
    )


def test_the_list_says_what_is_published_and_what_is_ours(client, shipped):
    text = client.get(
        reverse("indices:list"), headers={"accept-language": "fr"}
    ).content.decode()

    for version in IndexDefinition.objects.all():
        assert said(version.read().title) in text
    assert (
        4 == text.count("Ce qui est publié.") == text.count("Ce que nous avons choisi.")
    )
    assert 4 == text.count("non relu")


def test_without_a_definition_the_list_says_what_to_run(client):
    page = client.get(reverse("indices:list"), headers={"accept-language": "fr"})

    assert "jalons load-indices" in page.content.decode()


def test_a_territory_opens_into_axes_and_indicators_on_the_same_screen(
    client, shipped, contours
):
    text = page(client, "show", territoire=PERIGUEUX)

    assert "CA Le Grand Périgueux\u00a0: 5,7 sur une échelle de 1 à 10" in text
    assert "contre 5,5 pour la référence (Nouvelle-Aquitaine)" in text
    assert "Taux de pauvreté" in text
    assert "13,8\u202f%" in text
    assert "−0,11" in text
    assert "référence\u00a0: <strong>Nouvelle-Aquitaine</strong>" in text
    assert text.count("data-label=") == 154
    assert "indice personnalisé" not in text


def test_a_position_never_goes_without_its_interval(client, shipped, contours):
    text = page(client, "show", territoire=PERIGUEUX)

    assert re.search(
        r"Dans neuf calculs sur dix, il se tient entre les places \d+ et \d+ sur 154",
        text,
    )
    assert re.search(
        r"de 1\s?000 façons, toutes aussi défendables\u00a0: dans \d+", text
    )
    assert "Sensible\u00a0: la réponse dépend des choix de calcul" in text
    assert "Ce n’est ni un objectif ni une mesure d’évolution dans le temps" in text


def test_every_area_of_the_map_says_its_state_and_opens_its_territory(
    client, shipped, contours
):
    text = page(client, "show")

    label = re.search(r'data-label="CA Le Grand Périgueux\u00a0: ([^"]*)"', text)
    assert label[1] == "Le plus souvent en dehors, sensible (71\u202f% des calculs)"
    assert f"territoire={PERIGUEUX}#ouvert" in text
    assert "Choisir un territoire" in text


def test_what_is_missing_is_named_and_nothing_is_drawn(client, region, shipped):
    text = page(client, "show", "ifn-2024", territoire=PERIGUEUX)

    assert "Locaux sans accès à 30 Mbit/s (fichier non chargé)" in text
    assert (
        "Non calculable\u00a0: seuls 60\u202f% du poids de l’indice sont connus."
        in text
    )
    assert "Aucun territoire n’a de score" in text
    assert "data-map" not in text


def test_an_indicator_known_in_part_says_where(client, region, shipped):
    codes = list(Territory.objects.epci().values_list("code", flat=True))
    observe("no_thd", {code: float(at) for at, code in enumerate(codes[:100])})

    text = page(client, "show", "ifn-2024")

    known = "Locaux sans accès à 30 Mbit/s (sur 154 EPCI\u00a0: publié pour 100, "
    assert f"{known}manquant pour 54)" in text


def test_the_page_is_light(client, shipped, contours):
    response = client.get(reverse("indices:show", args=["chiffres-embarques"]))

    assert len(gzip.compress(response.content)) < 100_000


def test_communes_are_read_in_their_region_once_their_figures_are_loaded(
    client, region, shipped
):
    communes = [
        Territory.objects.create(
            code=f"2400{at}", kind="commune", name=f"Commune {at}", population=100 * at
        )
        for at in range(1, 7)
    ]
    Membership.objects.bulk_create(
        Membership(member=one, group=region, since=2026) for one in communes
    )
    values = {one.code: float(at) for at, one in enumerate(communes)}
    for indicator in ("no_thd", "no_4g", "share_65_plus", "below_bac", "poverty_rate"):
        observe(indicator, values)

    text = page(client, "show", "ifn-2024", territoire="24006")
    table = page(client, "territories", "ifn-2024", niveau="commune")

    # The last sixth of 2 100 inhabitants, 600 of them: 1 + 9 × (1 500 + 300) / 2 100.
    assert "Commune 6\u00a0: 8,7 sur une échelle de 1 à 10" in text
    assert "sur 6 communes" in text
    assert 6 == table.count('<th scope="row">')


def test_an_unknown_index_is_not_found(client, shipped):
    assert 404 == client.get(reverse("indices:show", args=["autre"])).status_code


def test_an_unknown_territory_is_as_none(client, region, shipped):
    assert "Choisir un territoire" in page(client, "show", territoire="999999999")


def test_english_reads_the_same_figures(client, shipped, contours):
    text = client.get(
        reverse("indices:show", args=["chiffres-embarques"]),
        {"territoire": PERIGUEUX},
        headers={"accept-language": "en"},
    ).content.decode()

    assert "CA Le Grand Périgueux: 5.7 on a scale from 1 to 10" in text


def test_the_table_is_sorted_by_name_or_departement_never_by_score(
    client, region, shipped
):
    def names(text: str) -> list[str]:
        return re.findall(r'<th scope="row"><a[^>]*>([^<]*)</a>', text)

    by_name = names(page(client, "territories"))
    by_departement = names(page(client, "territories", tri="departement"))

    assert 154 == len(by_name) == len(by_departement)
    assert by_name != by_departement
    assert by_name == sorted(by_name, key=plain)
    # No other order can be asked for.
    assert by_name == names(page(client, "territories", tri="score"))


def test_the_table_gives_positions_as_intervals(client, region, shipped):
    text = page(client, "territories")

    row = re.search(r"CA Le Grand Périgueux</a>.*?</tr>", text)[0]
    assert re.search(r"\d+ à \d+", row)
    assert "sensible" in row


def test_the_file_holds_the_same_rows_and_says_what_they_are(client, region, shipped):
    response = client.get(
        reverse("indices:territories_csv", args=["chiffres-embarques"])
    )

    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert 155 == len(lines)
    line = next(line for line in lines if line.startswith(PERIGUEUX))
    assert "5,7137" in line
    assert "chiffres-embarques;1;" in line


def test_a_file_is_headed_in_the_reader_s_language(client, region, shipped):
    address = reverse("indices:territories_csv", args=["chiffres-embarques"])

    made = b"".join(client.get(address, headers={"accept-language": "fr"}))

    heading = made.decode("utf-8-sig").splitlines()[0]
    assert heading.startswith("code;nom;département;score;meilleure place")


def test_the_reliability_page_takes_out_each_indicator_in_turn(client, region, shipped):
    text = page(client, "robustness")

    assert "Sans chaque indicateur, tour à tour" in text
    # Three choices, six indicators, then their fifteen pairs.
    assert 3 + 6 + 15 == text.count('<th scope="row">')
    assert "Recensement de la population, INSEE (2022)" in text
    assert "INSEE, population municipale de 2023" in text


def test_the_reliability_page_says_what_is_not_loaded_instead_of_dashes(
    client, region, shipped
):
    text = page(client, "robustness", "ifn-2024")

    # Three indicators of five are loaded: two by two, three pairs.
    assert 3 == text.count('<th scope="row">')
    assert "faute de chiffres\u00a0: Locaux sans accès à 30 Mbit/s, Population" in text
    assert "–" not in text[text.index("deux à deux") :]


def test_the_reliability_page_says_which_choice_moves_the_places(
    client, region, shipped
):
    whole = page(client, "robustness")
    mine = page(client, "robustness", territoire=PERIGUEUX)

    assert "Quel choix fait le plus bouger les places, en moyenne" in whole
    row = re.search(r"Les poids</th>.*?(\d+)\D*%.*?(\d+)\D*%", whole, re.S)
    # Weights of six indicators matter more than the scale or the mean.
    assert int(row[2]) > 50
    assert "fait le plus bouger la place de CA Le Grand Périgueux" in mine
    assert re.search(r"Les poids</th>.*?\(\d+\D*% à \d+\D*%\)", mine, re.S)


def test_a_commune_whose_score_is_inherited_is_called_neither_robust_nor_sensitive(
    client, region, shipped
):
    epci = Territory.objects.get(code=PERIGUEUX)
    communes = [
        Territory.objects.create(
            code=f"2400{at}", kind="commune", name=f"Commune {at}", population=100
        )
        for at in range(1, 7)
    ]
    Membership.objects.bulk_create(
        Membership(member=one, group=group, since=2026)
        for one in communes
        for group in (region, epci)
    )
    Contour.objects.bulk_create(square(one, at) for at, one in enumerate(communes))
    last = communes[-1].code
    for indicator in ("no_thd", "no_4g", "share_65_plus", "below_bac", "poverty_rate"):
        values = {one.code: float(at) for at, one in enumerate(communes)}
        # Three secrets of five: their EPCI stands for the last commune.
        if indicator in ("no_thd", "no_4g", "poverty_rate"):
            observe(indicator, {epci.code: 50.0}, vintage="2021")
            values[last] = None
        observe(indicator, values)

    text = page(client, "show", "ifn-2024", niveau="commune")
    table = page(client, "territories", "ifn-2024", niveau="commune")
    csv = b"".join(
        client.get(
            reverse("indices:territories_csv", args=["ifn-2024"]),
            {"niveau": "commune"},
        )
    ).decode("utf-8-sig")

    # Six communes: five published, the secret of the sixth stood for by its EPCI.
    lent = "publié pour 5, valeur d’un territoire plus grand pour 1)"
    assert f"Taux de pauvreté (sur 6 communes\u00a0: {lent}" in text
    label = re.search(r'data-label="Commune 6\u00a0: ([^"]*)"', text)
    assert label[1] == "Surtout la valeur d’un territoire plus grand"
    assert "Pour 1, le score est surtout celui d’un territoire plus grand" in text
    row = re.search(r"Commune 6</a>.*?</tr>", table)[0]
    assert "valeur d’un territoire plus grand" in row
    assert "robuste" not in row
    line = next(line for line in csv.splitlines() if line.startswith(last))
    assert ";valeur d’un territoire plus grand;" in line


def square(territory: Territory, at: int) -> Contour:
    return Contour(
        territory=territory,
        vintage=2026,
        frame="metropole",
        path=f"M{at * 10} 0h9v9h-9z",
        min_x=at * 10,
        min_y=0,
        max_x=at * 10 + 9,
        max_y=9,
    )
