"""Fragile communes: those that most ways of computing put in the last third."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from jalons.diagnosis.commune_maps import commune_map
from jalons.diagnosis.commune_sentences import said
from jalons.diagnosis.commune_sheets import sheet
from jalons.diagnosis.communes import communes_of
from jalons.indicators.models import Indicator, Observation
from jalons.indices import figures as indices
from jalons.indices.operations import load_definitions, shipped_files
from jalons.territories.models import Contour, Membership, Territory
from tests.diagnosis.test_index_files import csv_rows, fetch, parsed, workbook_rows
from tests.indices.conftest import observe

INDICATORS = (
    *("poverty_rate", "share_65_plus", "below_bac"),
    *("one_person_households", "lone_parents", "unemployment"),
)


@pytest.fixture
def communes(land) -> list[Territory]:
    """Twelve communes of EPCI 1, each more fragile than the last, and one blank."""
    indices._at_hand.clear()
    load_definitions(shipped_files())
    found = []
    for at in range(1, 14):
        one = Territory.objects.create(
            code=f"9110{at:02}"[-5:],
            kind=Territory.Kind.COMMUNE,
            name=f"Commune {at:02}",
            population=1_000,
            area_km2=10,
        )
        for group in (land.number(1), land.departement, land.region):
            Membership.objects.create(member=one, group=group, since=2026)
        Contour.objects.create(
            territory=one,
            vintage=2026,
            frame="metropole",
            path=f"M{at} 0l1 0 0 1-1 0Z",
            min_x=at,
            min_y=0,
            max_x=at + 1,
            max_y=1,
        )
        found.append(one)
    for indicator in INDICATORS:
        observe(indicator, {one.code: 10.0 + at for at, one in enumerate(found[:12])})
    return found


def names(found) -> list[str]:
    return [one.name for one in found]


def test_the_most_fragile_third_is_named(land, communes, in_french):
    found = communes_of(land.number(1))

    expected = ["Commune 09", "Commune 10", "Commune 11", "Commune 12"]
    assert expected == names(found.fragile)
    assert 12 == len(found.scored)
    assert "4 communes sur les 12 notées" in said(found)[0]


def test_a_commune_without_figures_has_no_score_and_is_not_called_solid(land, communes):
    blank = communes_of(land.number(1)).every[-1]

    assert ("Commune 13", None, False) == (blank.name, blank.share, blank.is_fragile)
    svg = commune_map(communes_of(land.number(1))).svg
    assert "hatched" in svg


def test_without_figures_of_communes_nothing_is_drawn_and_the_reason_is_said(
    land, in_french
):
    found = communes_of(land.number(9))

    assert commune_map(found) is None
    assert "sont chargés pour les noter" in said(found)[0]
    assert "QPV) n’est pas chargée" in said(found)[1]


def test_priority_districts_are_named_once_their_list_is_loaded(
    land, communes, in_french
):
    observe("qpv", {communes[2].code: 2.0})

    assert "liste de 2022\u00a0: Commune 03 (2)" in said(communes_of(land.number(1)))[1]
    assert "Aucun quartier prioritaire" in said(communes_of(land.number(9)))[1]


def test_the_table_of_communes_says_its_sources_and_their_years(client, land, communes):
    observe("qpv", {one.code: 0.0 for one in communes}, vintage="2015")
    code = land.number(1).code

    page = client.get(
        reverse("diagnosis:communes", args=[code]), headers={"accept-language": "fr"}
    ).content.decode()
    rows = b"".join(client.get(reverse("diagnosis:communes_csv", args=[code])))

    assert "Quartiers prioritaires (QPV), 2015" in page
    assert "Indice provisoire, sans les réseaux ni les distances, version 1" in page
    assert "Fichier d’essai, Producteur (2022)" in page
    assert "Fichier d’essai, Producteur, 2015" in page
    assert page.index('id="communes"') < page.index("<table>")
    assert (
        rows.decode().splitlines()[1].endswith(";0;Fichier d’essai, Producteur, 2015")
    )


def test_a_count_of_districts_has_the_year_of_its_own_list(
    client, land, communes, in_french
):
    observe("qpv", {communes[0].code: 3.0, communes[1].code: 1.0}, vintage="2015")
    observe("qpv", {communes[1].code: 2.0}, vintage="2024")
    code = land.number(1).code

    rows = b"".join(client.get(reverse("diagnosis:communes_csv", args=[code])))
    lines = rows.decode().splitlines()

    assert lines[1].endswith(";3;Fichier d’essai, Producteur, 2015")
    assert lines[2].endswith(";2;Fichier d’essai, Producteur, 2024")
    told = said(communes_of(land.number(1)))[1]
    assert "liste de 2015, 2024\u00a0: Commune 01 (3) et Commune 02 (2)" in told


def test_a_share_is_written_to_one_decimal_in_the_file(land, communes):
    found = communes_of(land.number(1))
    found = replace(found, every=(replace(found.every[0], share=0.29),))

    ((_name, share, *_others),) = (row.cells for row in sheet(found).rows)

    assert 29.0 == share.raw[0]


def test_the_page_of_an_epci_draws_its_communes(client, land, communes):
    url = reverse("diagnosis:show", args=[land.number(1).code])

    page = client.get(url, headers={"accept-language": "fr"}).content.decode()

    assert 'id="communes"' in page
    assert "Commune 12" in page


def test_a_commune_whose_score_is_its_epci_s_is_not_called_fragile(
    land, communes, in_french
):
    mask(communes[11])

    found = communes_of(land.number(1))

    last = found.every[11]
    assert (None, True, False) == (last.share, last.is_borrowed, last.is_fragile)
    assert "Commune 12" not in names(found.fragile)
    drawn = commune_map(found)
    assert "Surtout la valeur de l’EPCI" in {one.label for one in drawn.legend}
    assert "Commune 12\u00a0: surtout la valeur de l’EPCI" in drawn.svg


def test_priority_districts_are_marked_on_the_map(land, communes, in_french):
    assert "<circle" not in commune_map(communes_of(land.number(1))).svg
    observe("qpv", {communes[2].code: 2.0})

    drawn = commune_map(communes_of(land.number(1)))

    assert 1 == drawn.svg.count("<circle")
    assert "A un quartier prioritaire (QPV)" in {one.label for one in drawn.legend}


def mask(commune: Territory) -> None:
    """Most figures of a commune become secrets: those of its EPCI stand for them."""
    kept = ("share_65_plus", "below_bac")
    Indicator.objects.update(unit="percent")
    masked = Observation.objects.filter(territory=commune).exclude(indicator__in=kept)
    masked.update(value=None, status="secret")
    epci = commune.memberships.get(group__kind="epci").group
    for indicator in masked.values_list("indicator", flat=True):
        values = {epci.code: 20.0}
        Observation.objects.filter(territory=epci, indicator=indicator).delete()
        observe(indicator, values)
    indices._at_hand.clear()


def test_without_an_index_the_income_of_communes_is_shown_with_its_source(
    client, land, communes, in_french
):
    Observation.objects.filter(territory__in=communes).delete()
    every = [*communes, land.commune]
    incomes = {one.code: 18_000.0 + 500 * at for at, one in enumerate(every[:12])}
    observe("median_income", incomes)
    secret = Observation.objects.get(territory=communes[11])
    Observation.objects.filter(pk=secret.pk).update(value=None, status="secret")
    indices._at_hand.clear()

    found = communes_of(land.departement)

    # Eleven values from 18 000 to 23 000: a quarter lies under 19 250.
    assert ["Commune 01", "Commune 02", "Commune 03"] == names(found.marked)
    assert not found.scored
    address = reverse("diagnosis:communes", args=["91"])
    text = client.get(address, headers={"accept-language": "fr"}).content.decode()
    page = re.sub(r"\s", " ", text)
    assert "connu dans 11 des 14 communes, de 18 000 à 23 000 €" in page
    assert "Fichier d’essai, Producteur, 2022" in page
    assert "3 communes sont au-dessous de 19 250 €" in page
    assert "Commune 12 : secret statistique" in page
    assert "Commune 13 : non chargé" in page


def test_the_files_of_communes_say_status_and_counts_and_agree(
    client, land, communes, in_french
):
    code = land.number(1).code

    header, *lines = csv_rows(fetch(client, "communes_csv", code=code))
    made = fetch(client, "communes_file", code=code, format="xlsx")

    assert parsed(lines) == parsed(workbook_rows(made, header))
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    first, blank = rows[0], rows[-1]
    counts = ("façons de calculer (n)", "communes classées (n)", "chiffres connus (n)")
    assert ["1000", "12", "6"] == [first[one] for one in counts]
    assert "calculé" == first["statut"]
    assert ("", "") == (blank["part (%)"], blank["chiffres connus (n)"])
    assert "rien de connu d’un axe" == blank["statut"]


def test_a_figure_of_communes_keeps_its_base_its_year_and_its_secret(
    client, land, communes, in_french
):
    Observation.objects.filter(territory__in=communes).delete()
    incomes = {one.code: 18_000.0 + 500 * at for at, one in enumerate(communes[:11])}
    observe("median_income", incomes | {communes[11].code: None}, vintage="2023")
    Observation.objects.filter(territory=communes[0]).update(base=850)
    indices._at_hand.clear()
    code = land.number(1).code

    header, *lines = csv_rows(fetch(client, "communes_csv", code=code))
    made = fetch(client, "communes_file", code=code, format="xlsx")

    assert parsed(lines) == parsed(workbook_rows(made, header))
    source = "Fichier d’essai, Producteur"
    assert ["18000,0", "850,0", "publié", "2023", source] == lines[0][2:7]
    assert ["", "", "secret statistique", "2023", source] == lines[11][2:7]
    assert ["", "", "non chargé", "", ""] == lines[12][2:7]
