from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.distances import nearest_km

SPOTS = st.lists(st.tuples(st.floats(-5, 9), st.floats(41, 51)), min_size=1, max_size=5)


def plain_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula, point by point."""
    (x1, y1), (x2, y2) = np.radians(one), np.radians(other)
    h = np.sin((y2 - y1) / 2) ** 2
    h += np.cos(y1) * np.cos(y2) * np.sin((x2 - x1) / 2) ** 2
    return 2 * 6_371.0088 * np.arcsin(np.sqrt(h))


def test_a_degree_of_latitude_is_111_km():
    assert nearest_km([(0, 45)], [(0, 46)])[0] == pytest.approx(111.195, abs=0.001)


def test_the_nearest_of_several_places_is_kept():
    assert nearest_km([(0, 45)], [(0, 48), (0, 46), (0, 40)])[0] < 112


def test_without_any_place_there_is_no_distance():
    assert np.isnan(nearest_km([(0, 45), (1, 45)], [])).all()


def test_a_place_on_the_spot_is_at_zero():
    assert nearest_km([(0.7, 45.18)], [(0.7, 45.18)]).tolist() == [0]


@given(SPOTS, SPOTS)
def test_distances_are_those_of_the_plain_formula(points, places):
    plain = [min(plain_km(point, place) for place in places) for point in points]

    # Under a hundred metres both are the same place.
    assert nearest_km(points, places) == pytest.approx(plain, abs=0.11)
