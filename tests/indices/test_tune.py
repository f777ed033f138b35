"""The settings are in the address; what is usual is left out, what is wrong is told."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from jalons.analysis.index import indicators_of, ticked
from jalons.indices import sentences
from jalons.indices.areas import CHOSEN, FRANCE, Area
from jalons.indices.figures import results_of
from jalons.indices.tuning import tuning_of
from jalons.territories.models import Territory

pytestmark = pytest.mark.django_db
CODE = "chiffres-embarques"
SOME = "200040392 200023307 200023794"


@pytest.fixture(autouse=True)
def ready(region, shipped):
    return region


def tuned(query: str, code: str = CODE):
    return tuning_of(code, QueryDict(query))


def test_an_address_without_settings_is_the_usual_index_in_its_region():
    found = tuned("")

    assert not found.asked.is_personalised
    assert Area("epci", "R75", "R75") == found.area
    assert {} == found.query


def test_unticking_an_indicator_makes_a_personalised_index():
    found = tuned("p_below_bac=0")

    codes = [one.code for one in indicators_of(ticked(found.asked.index))]
    assert "below_bac" not in codes
    assert 5 == len(codes)
    assert found.asked.is_personalised
    assert {"p_below_bac": "0"} == found.query


def test_the_form_sent_whole_and_unchanged_is_not_personalised():
    index = tuned("").asked.index
    query = ["regle=1"]
    for axis in index.axes:
        query.append(f"p_{axis.code}={axis.weight}")
        for one in axis.parts:
            query += [f"avec={one.code}", f"p_{one.code}={one.weight}"]

    found = tuned("&".join(query))

    assert not found.asked.is_personalised
    assert {} == found.query


def test_a_box_left_unticked_counts_even_though_an_address_cannot_say_it():
    boxes = "avec=poverty_rate&avec=below_bac&avec=share_65_plus&avec=unemployment"

    found = tuned(f"regle=1&{boxes}&p_below_bac=3")

    assert {
        "p_below_bac": "3",
        "p_one_person_households": "0",
        "p_lone_parents": "0",
    } == (found.query)


def test_the_short_address_asks_for_the_same_index():
    first = tuned("norme=min_max&moyenne=geometric&p_skills=4&reference=FR&zone=24")

    again = tuned("&".join(f"{name}={value}" for name, value in first.query.items()))

    assert first.asked.index == again.asked.index
    assert first.area == again.area == Area("epci", "24", FRANCE)
    assert first.url("show") == again.url("show")


def test_the_weights_of_2020_are_an_option_and_not_a_personal_choice():
    found = tuned("option=v1", "quatre-axes")

    assert [1, 2, 2, 1] == [axis.weight for axis in found.asked.index.axes]
    assert not found.asked.is_personalised
    assert "2020" in found.asked.title
    assert tuned("option=v1&p_skills=1", "quatre-axes").asked.is_personalised
    assert not tuned("option=v9", "quatre-axes").asked.option


def test_a_set_of_territories_may_be_the_reference():
    found = tuned(f"reference={CHOSEN}&ensemble={SOME}")

    assert CHOSEN == found.area.reference
    assert set(SOME.split()) == set(found.area.chosen)
    assert 3 == found.area.compared().count() == found.area.shown().count()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("p_below_bac=11", "p_below_bac"),
        ("p_below_bac=-1", "p_below_bac"),
        ("p_below_bac=beaucoup", "p_below_bac"),
        ("norme=autre", "norme"),
        ("moyenne=geometric&norme=z_score", "moyenne"),
        ("regle=1", "__all__"),
        ("p_interfaces=0&p_skills=0&p_information=0&p_administrative=0", "__all__"),
        (f"reference={CHOSEN}&ensemble=200040392 200023307", "ensemble"),
        (f"reference={CHOSEN}&ensemble={SOME} 1234", "ensemble"),
        ("reference=R11", "reference"),
        ("niveau=region", "niveau"),
    ],
)
def test_a_wrong_setting_is_told_where_it_can_be_mended(client, query, field):
    found = tuned(query)
    response = client.get(f"{reverse('indices:show', args=[CODE])}?{query}")

    assert field in found.form.errors
    assert not found.asked.is_personalised
    assert 200 == response.status_code
    assert 'role="alert"' in response.content.decode()


def test_a_refused_weight_is_tied_to_its_field_and_kept_as_typed(client):
    text = client.get(
        reverse("indices:show", args=[CODE]), {"p_below_bac": "44"}
    ).content.decode()

    assert 'value="44"' in text
    assert 'aria-describedby="id_p_below_bac_error"' in text
    assert '<p class="error" id="id_p_below_bac_error">' in text


def test_the_page_says_that_an_index_is_personalised(client):
    text = client.get(
        reverse("indices:show", args=[CODE]),
        {"p_below_bac": "0", "norme": "reference_100", "territoire": "200040392"},
        headers={"accept-language": "fr"},
    ).content.decode()

    assert "indice personnalisé" in text
    assert "Revenir aux réglages habituels" in text
    # A scale without ends has none to show.
    assert "sur une échelle" not in text


@pytest.mark.parametrize("formula", ["min_max", "z_score", "reference_100", "steps"])
def test_every_scale_gives_a_page(client, formula):
    query = {"norme": formula, "territoire": "200040392"}

    response = client.get(reverse("indices:show", args=[CODE]), query)

    assert 200 == response.status_code
    assert b"1,000" in response.content or b"000" in response.content


def test_a_territory_of_another_level_sets_the_level():
    departement = Territory.objects.get(code="24")

    found = tuned(f"territoire={departement.code}")

    assert "departement" == found.area.level
    assert FRANCE == found.area.reference


def test_the_form_shows_what_is_in_force(client):
    text = client.get(
        reverse("indices:tune", args=[CODE]), {"p_below_bac": "7", "norme": "min_max"}
    ).content.decode()

    assert 'name="p_below_bac" id="id_p_below_bac" value="7"' in text
    assert '<option value="min_max" selected>' in text
    assert '<option value="R75" selected>' in text


def test_territories_that_ceased_stand_in_no_reference():
    gone = Territory.objects.create(
        code="200000001", kind="epci", name="CC d’autrefois", until=2023
    )

    assert 154 == Area("epci", "R75", FRANCE).compared().count()
    found = tuned(f"reference={CHOSEN}&ensemble={SOME} {gone.code}")
    assert "200000001" in str(found.form.errors["ensemble"])


def test_one_indicator_alone_is_called_neither_robust_nor_placed(client):
    others = ("share_65_plus", "below_bac", "unemployment", "lone_parents")
    kept_out = {f"p_{one}": "0" for one in (*others, "one_person_households")}
    query = kept_out | {"territoire": "200040392"}

    def read(name: str) -> str:
        address = reverse(f"indices:{name}", args=[CODE])
        answer = client.get(address, query, headers={"accept-language": "fr"})
        return b"".join(answer).decode()

    shown, table, file = map(read, ("show", "territories", "territories_csv"))

    assert "Ce score repose sur 1 indicateur." in shown
    assert "on ne peut pas juger si d’autres choix" in shown
    assert "un seul indicateur\N{NO-BREAK SPACE}: ne peut être jugé" in table
    perigueux = next(line for line in file.splitlines() if "200040392" in line)
    assert ";;;;;un seul indicateur" in perigueux
    tuning = tuned(urlencode(query))
    with translation.override("fr"):
        summary = sentences.summary(results_of(tuning.asked.index, tuning.area))
    assert "Pour 154 EPCI, l’indice repose sur un seul indicateur" in summary
    for text in (shown, table, file):
        assert "robuste" not in text.replace("robustesse", "").lower()
        assert "Dans neuf calculs sur dix" not in text


def test_territories_resting_on_one_indicator_are_told_among_others():
    tuning = tuned("")
    results = results_of(tuning.asked.index, tuning.area)
    used = results.used.copy()
    used[[results.rows[code] for code in results.shown[:2]]] = 1

    with translation.override("fr"):
        before = sentences.summary(results)
        summary = sentences.summary(replace(results, used=used))

    said = "Pour 2, l’indice repose sur un seul indicateur"
    assert said not in before
    assert said in summary
