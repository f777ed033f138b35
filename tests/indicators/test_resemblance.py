from __future__ import annotations

import pytest

from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.indicators.resemblance import USUAL, alike, resembling, words_of
from jalons.territories.models import Membership, Territory
from tests.factories import make_territory

pytestmark = pytest.mark.django_db
TEXT = {"fr": "Un titre", "en": "A title"}
# Inhabitants, km², median income, share aged 65 or more.
EPCI = {
    "Ici": (10_000, 100, 20_000, 20),
    "Pareil": (11_000, 110, 20_100, 20.5),
    "Riche": (10_000, 100, 30_000, 20),
    "Ville": (200_000, 100, 24_000, 15),
    "Inconnu": (10_000, 100, None, None),
}


@pytest.fixture
def region():
    region = make_territory("Région", Territory.Kind.REGION, "R99")
    source = Source.objects.create(code="essai")
    release = Release.objects.create(source=source, vintage="2022")
    for code in ("median_income", "share_65_plus"):
        Indicator.objects.create(
            code=code, source=source, title=TEXT, question=TEXT, limits=TEXT
        )
    for name, (people, area, income, age) in EPCI.items():
        one = make_territory(name)
        one.population, one.area_km2 = people, area
        one.save()
        Membership.objects.create(member=one, group=region, since=2026)
        for code, value in (("median_income", income), ("share_65_plus", age)):
            Observation.objects.create(
                territory=one,
                indicator_id=code,
                release=release,
                value=value,
                status="missing" if value is None else "published",
            )
    make_territory("D’une autre région")
    return region


def epci(name: str) -> Territory:
    return Territory.objects.get(name=name)


def test_the_nearest_of_the_region_come_first_with_both_figures(region):
    found = resembling(epci("Ici"))

    assert ["Pareil", "Riche", "Ville"] == [one.name for one in found.peers]
    assert ("Région", 4, USUAL) == (found.within, found.compared, found.words)
    income = next(o for o in found.peers[0].traits if o.unit == "euros")
    assert (20_000, 20_100) == (income.mine, income.theirs)
    assert found.peers[0].distance < found.peers[1].distance


def test_the_reason_is_said_in_words(region, settings):
    settings.LANGUAGE_CODE = "fr"
    found = {one.name: one.reason for one in resembling(epci("Ici")).peers}

    assert "Diffère par le revenu." in found["Riche"]
    assert found["Riche"].startswith("Proche par ")
    assert "Proche par" not in found["Ville"]


def test_a_territory_of_which_half_is_unknown_is_neither_compared_nor_compares(region):
    found = resembling(epci("Inconnu"))

    assert () == found.peers
    assert 2 == len(found.unknown)
    assert "Inconnu" not in [one.name for one in resembling(epci("Ici")).peers]


def test_other_criteria_give_other_neighbours(region):
    by_size = resembling(epci("Ici"), ["densite", "population"])

    assert {"Riche", "Inconnu"} == {one.name for one in by_size.peers[:2]}
    assert ("densite", "population") == by_size.words


def test_an_address_asks_for_criteria_and_unknown_ones_are_ignored():
    assert ("revenu", "age") == words_of(["age", "revenu", "couleur"])
    assert USUAL == words_of([]) == words_of(["couleur"])


def test_the_number_of_queries_does_not_grow(region, django_assert_max_num_queries):
    here = epci("Ici")

    with django_assert_max_num_queries(14):
        resembling(here)


def test_one_is_placed_among_those_of_france_and_one_little_known_is_not(region):
    ici, ville, unknown = epci("Ici"), epci("Ville"), epci("Inconnu")

    found = alike(ici, [ville.code, unknown.code, ici.code])

    # Nothing is known of the one outside the région, and too little of "Inconnu".
    assert {ville.code, unknown.code} == set(found)
    assert (2, 3) == (found[ville.code].nearer, found[ville.code].compared)
    assert found[unknown.code].nearer is None
    assert "Non comparé" in found[unknown.code].peer.reason
    assert alike(region, [ville.code]) == {}
