"""Per commune: the nearest place, by period, and what is offered; checked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from jalons.analysis.gaps import Level
from jalons.analysis.periods import Period
from jalons.coverage import operations
from jalons.coverage.figures import coverage_of
from jalons.coverage.ground import ground_of
from jalons.coverage.operations import Described
from jalons.coverage.simulating import simulate
from jalons.territories.models import Territory
from tests.coverage.ground import make_ground, put
from tests.factories import make_space

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ANY, EVENING, WEEKEND = Period.ANY, Period.EVENING, Period.WEEKEND
SATURDAY = "Mo-Fr 09:00-12:00; Sa 09:00-12:00"


def ways(found, period=ANY):
    return {
        one.name: None if (way := one.way(period)) is None else round(way, 1)
        for one in found.communes
    }


def test_the_nearest_place_is_13_km_by_road_from_the_next_commune():
    epci = make_ground()
    put("Mairie", 0)

    found = coverage_of(epci, TODAY)

    # 10 km as the crow flies are 13 km by road.
    assert {"Aval": 0.0, "Bourg": 13.0, "Creux": 26.0} == ways(found)
    assert [Level.NEAR, Level.FAR, Level.OUT_OF_REACH] == [
        one.level for one in found.communes
    ]
    assert 3500 == found.people


def test_a_place_closed_or_not_known_in_a_period_is_not_its_nearest():
    epci = make_ground()
    put("Sans horaires", 0)
    put("En semaine", 10, "Mo-Fr 09:00-12:00")
    put("Le samedi", 20, SATURDAY)

    found = coverage_of(epci, TODAY, WEEKEND)

    assert {"Aval": 0.0, "Bourg": 0.0, "Creux": 0.0} == ways(found)
    assert {"Aval": 26.0, "Bourg": 13.0, "Creux": 0.0} == ways(found, WEEKEND)
    assert {"Aval": None, "Bourg": None, "Creux": None} == ways(found, EVENING)
    assert 1 == found.unknown[WEEKEND]
    assert Level.OUT_OF_REACH is found.communes[0].level


def test_a_place_that_receives_nobody_or_left_its_list_does_not_count():
    epci = make_ground()
    put("À distance", 0, access_modes=["sans_public"])
    put("Parti", 0, left_on=TODAY)

    found = coverage_of(epci, TODAY)

    assert {"Aval": None, "Bourg": None, "Creux": None} == ways(found)
    assert 3 == len(found.at(Level.UNKNOWN))


def test_a_place_is_shared_between_the_people_around_those_outside_too():
    epci = make_ground()
    put("Au bout", 30, commune=Territory.objects.get(name="Dehors"))

    found = coverage_of(epci, TODAY)

    # Dehors (4 000) is on the spot, Creux (500) at 13 km: weight 0.09.
    # 1 / (4000 + 500 × 0.09) = 1 / 4045 a person; Creux reaches 0.09 of it.
    offers = {one.name: one.offer for one in found.communes}
    assert offers["Creux"] == pytest.approx(10_000 * 0.09 / 4045, rel=1e-6)
    assert 0 == offers["Aval"]
    assert "" == found.index


def test_times_are_read_when_a_table_is_chosen():
    epci = make_ground()
    put("Mairie", 0)
    given = {("24002", "24001"): 18.0, ("24003", "24001"): 45.0}
    table = operations.load_times(
        Described("Voiture", "Essai", "2026"), given, space=None, by=None
    )

    found = coverage_of(epci, TODAY, ANY, table)

    # Aval holds the place and has no time to itself: five minutes are counted.
    assert {"Aval": 5.0, "Bourg": 18.0, "Creux": 45.0} == ways(found)
    assert [Level.NEAR, Level.WITHIN_REACH, Level.OUT_OF_REACH] == [
        one.level for one in found.communes
    ]


def test_a_zero_of_the_table_is_a_time():
    epci = make_ground()
    put("Mairie", 0)
    given = {("24001", "24001"): 0.0, ("24002", "24001"): 18.0}
    table = operations.load_times(
        Described("Voiture", "Essai", "2026"), given, space=None, by=None
    )

    found = coverage_of(epci, TODAY, ANY, table)

    assert {"Aval": 0.0, "Bourg": 18.0, "Creux": None} == ways(found)


def test_a_saturday_morning_at_creux_brings_two_communes_nearer():
    epci = make_ground()
    put("En semaine", 20, "Mo-Fr 09:00-12:00")
    put("Le samedi", 0, SATURDAY)
    put("Sans horaires", 20)
    ground = ground_of(epci, TODAY)
    creux = Territory.objects.get(name="Creux")

    found = simulate(ground, creux, Period.SATURDAY_MORNING)

    # Creux 26 → 0; Dehors, outside, 39 → 13; Bourg stays at 13 both ways.
    assert [("Creux", 26.0, 0.0, True), ("Dehors", 39.0, 13.0, False)] == [
        (
            one.zone.name,
            round(one.before.way, 1),
            round(one.after, 1),
            one.is_inside,
        )
        for one in found.winners
    ]
    assert (4500, 4500, 4000) == (
        found.people,
        found.people_moved_up,
        found.people_beyond,
    )
    assert (1, 1) == (found.open_count, found.unknown)


def test_where_everything_is_near_already_nobody_gains():
    epci = make_ground()
    for km in (0, 10, 20, 30):
        put(f"Lieu {km}", km)

    found = simulate(
        ground_of(epci, TODAY), Territory.objects.get(name="Bourg"), Period.ANY
    )

    assert [] == found.winners


def test_the_number_of_queries_does_not_grow_with_the_places(
    django_assert_max_num_queries,
):
    epci = make_ground()
    for km in range(12):
        put(f"Lieu {km}", km)
    make_space()

    with django_assert_max_num_queries(8):
        coverage_of(epci, TODAY)
