"""The figures of `reach` without a table of distances: the same, to the last digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.catchment import catchment, nearest_places
from jalons.analysis.reach import BadRings, Ring, e2sfca, km_between, nearest

BORDEAUX, LIBOURNE, PAU = (-0.5792, 44.8378), (-0.2436, 44.9156), (-0.3708, 43.2951)
WIDE = (Ring(20, 1.0), Ring(40, 0.42), Ring(60, 0.09))


def ground(zone_count: int, place_count: int, seed: int = 1):
    draw = np.random.default_rng(seed)

    def points(count):
        return np.column_stack(
            [draw.uniform(-4, 8, count), draw.uniform(42, 51, count)]
        )

    people = draw.integers(0, 2_000, zone_count).astype(float)
    return (
        points(zone_count),
        points(place_count),
        people,
        draw.uniform(0, 3, place_count),
    )


def test_libourne_is_nearer_to_bordeaux_than_pau():
    found = nearest_places([BORDEAUX], [PAU, LIBOURNE])

    assert [1] == found.index.tolist()
    assert 28 == round(found.km[0])


def test_of_two_places_at_one_point_the_first_is_named():
    found = nearest_places([BORDEAUX, PAU], [LIBOURNE, PAU, LIBOURNE, PAU])

    assert [0, 1] == found.index.tolist()
    assert [28.0, 0.0] == found.km.round(0).tolist()


def test_without_a_place_the_distance_is_missing_and_nothing_is_offered():
    found = nearest_places([BORDEAUX], [])

    assert [-1] == found.index.tolist()
    assert np.isnan(found.km).all()
    assert [0.0] == catchment([BORDEAUX], [], [100], []).tolist()


def test_without_a_zone_there_is_nothing_to_say():
    assert 0 == len(nearest_places([], [PAU]).km)
    assert 0 == len(catchment([], [PAU], [], [1]))


@pytest.mark.parametrize(("zones", "places"), [(1, 1), (400, 1), (1, 50), (700, 90)])
def test_the_same_as_on_a_whole_table(zones, places):
    here, there, people, capacity = ground(zones, places)
    km = km_between(here, there)
    expected = nearest(km)

    found = nearest_places(here, there)
    offer = catchment(here, there, people, capacity, WIDE)

    assert expected.index.tolist() == found.index.tolist()
    np.testing.assert_allclose(found.km, expected.km, rtol=1e-12)
    np.testing.assert_allclose(offer, e2sfca(km, people, capacity, WIDE), rtol=1e-12)


def test_overseas_and_the_metropolis_stand_on_one_grid():
    zones = [BORDEAUX, LIBOURNE, (-61.58, 16.24), (55.45, -20.88)]
    places = [LIBOURNE, (-61.6, 16.25), (55.5, -20.9)]
    km = km_between(zones, places)

    found = catchment(zones, places, [10, 20, 30, 40], [1, 1, 2])

    np.testing.assert_allclose(
        found, e2sfca(km, [10, 20, 30, 40], [1, 1, 2]), rtol=1e-12
    )


def test_a_place_where_nobody_lives_offers_nothing():
    assert [0.0] == catchment([BORDEAUX], [BORDEAUX], [0], [1]).tolist()


def test_rings_that_do_not_grow_are_refused():
    with pytest.raises(BadRings):
        catchment([BORDEAUX], [PAU], [1], [1], (Ring(10, 1.0), Ring(5, 0.5)))


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 25))
def test_what_is_offered_adds_up_to_the_capacity_of_places_reached(seed, zones, places):
    here, there, people, capacity = ground(zones, places, seed)
    reached = (people @ (km_between(here, there) <= 60)) > 0

    offer = catchment(here, there, people, capacity, WIDE)

    assert people @ offer == pytest.approx(capacity[reached].sum(), rel=1e-9)
