from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jalons.analysis.distances import nearest_km
from jalons.analysis.reach import (
    BadRings,
    Ring,
    e2sfca,
    km_between,
    nearest,
    weights_of,
)

BORDEAUX, LIBOURNE, PAU = (-0.5792, 44.8378), (-0.2436, 44.9156), (-0.3708, 43.2951)
TWO_RINGS = (Ring(10, 1.0), Ring(20, 0.5))


def plain_km(one, other) -> float:
    """The haversine, for two points, as it is written in books."""
    (x1, y1), (x2, y2) = (tuple(map(radians, point)) for point in (one, other))
    chord = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(chord))


def plain_weight(km: float, rings) -> float:
    return next((ring.weight for ring in rings if km <= ring.within_km), 0.0)


def plain_e2sfca(km, people, capacity, rings):
    """The two steps, as sums over zones and places."""
    zones, places = range(len(people)), range(len(capacity))
    shared = []
    for j in places:
        demand = sum(people[i] * plain_weight(km[i][j], rings) for i in zones)
        shared.append(capacity[j] / demand if demand else 0.0)
    return [
        sum(shared[j] * plain_weight(km[i][j], rings) for j in places) for i in zones
    ]


def test_bordeaux_is_some_28_km_from_libourne_and_172_from_pau():
    km = km_between([BORDEAUX], [LIBOURNE, PAU])

    assert km.round(0).tolist() == [[28.0, 172.0]]
    assert km[0, 1] == pytest.approx(plain_km(BORDEAUX, PAU), rel=1e-12)


def test_the_nearest_place_is_named_with_its_distance():
    found = nearest(km_between([BORDEAUX], [PAU, LIBOURNE]))

    assert found.index.tolist() == [1]
    assert found.km[0] == pytest.approx(nearest_km([BORDEAUX], [LIBOURNE])[0], rel=1e-9)


def test_without_any_place_the_distance_is_missing_not_zero():
    found = nearest(km_between([BORDEAUX, PAU], []))

    assert found.index.tolist() == [-1, -1]
    assert np.isnan(found.km).all()


def test_of_two_places_as_far_the_first_is_given():
    assert nearest([[2.0, 2.0]]).index.tolist() == [0]


def test_the_edge_of_a_ring_belongs_to_it():
    assert weights_of([0, 10, 10.01, 20, 20.01], TWO_RINGS).tolist() == [
        *(1.0, 1.0, 0.5, 0.5, 0.0)
    ]


def test_a_place_is_shared_by_hand_checked_shares():
    # One place with 2 posts, 100 persons beside it and 200 at 15 km: the demand is
    # 100 + 200 x 0.5 = 200, so that 0.01 post goes to each; half of it further away.
    offer = e2sfca([[0.0], [15.0]], [100, 200], [2], TWO_RINGS)

    assert offer.tolist() == pytest.approx([0.01, 0.005])


def test_a_zone_out_of_reach_is_offered_nothing():
    assert e2sfca([[1.0], [50.0]], [10, 10], [1], TWO_RINGS).tolist() == [0.1, 0.0]


def test_a_place_that_nobody_reaches_offers_nothing_to_anybody():
    assert e2sfca([[1.0, 99.0]], [10], [1, 5], TWO_RINGS).tolist() == [0.1]


def test_a_zone_without_people_is_still_told_what_it_would_reach():
    assert e2sfca([[1.0], [2.0]], [10, 0], [1], TWO_RINGS).tolist() == [0.1, 0.1]


@given(
    arrays(float, (6, 4), elements=st.floats(0, 40)),
    arrays(float, 6, elements=st.integers(0, 5000).map(float)),
    arrays(float, 4, elements=st.integers(0, 9).map(float)),
)
def test_the_matrix_form_equals_the_plain_sums(km, people, capacity):
    plain = plain_e2sfca(km, people, capacity, TWO_RINGS)

    assert e2sfca(km, people, capacity, TWO_RINGS) == pytest.approx(plain, rel=1e-12)


@given(
    arrays(float, (6, 4), elements=st.floats(0, 40)),
    arrays(float, 6, elements=st.integers(1, 5000).map(float)),
    arrays(float, 4, elements=st.integers(0, 9).map(float)),
)
def test_people_together_receive_the_capacity_that_is_reached(km, people, capacity):
    reached = weights_of(km, TWO_RINGS).max(axis=0) > 0

    received = e2sfca(km, people, capacity, TWO_RINGS) @ people

    assert received == pytest.approx(capacity[reached].sum(), rel=1e-9)


@pytest.mark.parametrize(
    "rings",
    [
        (),
        (Ring(10, 1.0), Ring(5, 0.5)),
        (Ring(5, 0.5), Ring(10, 1.0)),
        (Ring(0, 1.0),),
        (Ring(5, 1.2),),
        (Ring(5, 0.0),),
    ],
)
def test_rings_that_make_no_sense_are_refused(rings):
    with pytest.raises(BadRings):
        weights_of([1.0], rings)
