"""Levels of a way, need weighted by fragility, and whom a new place would help."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.gaps import (
    BY_ROAD,
    BY_TIME,
    Gain,
    Level,
    gains,
    level_of,
    needs,
)

NAN = float("nan")


@pytest.mark.parametrize(
    ("way", "by_road", "by_time"),
    [
        (0.0, Level.NEAR, Level.NEAR),
        (5.0, Level.NEAR, Level.NEAR),
        (5.01, Level.WITHIN_REACH, Level.NEAR),
        (10.0, Level.WITHIN_REACH, Level.NEAR),
        (20.0, Level.FAR, Level.WITHIN_REACH),
        (20.5, Level.OUT_OF_REACH, Level.FAR),
        (31.0, Level.OUT_OF_REACH, Level.OUT_OF_REACH),
        (None, Level.UNKNOWN, Level.UNKNOWN),
    ],
)
def test_a_limit_belongs_to_the_nearer_level(way, by_road, by_time):
    assert (by_road, by_time) == (level_of(way, BY_ROAD), level_of(way, BY_TIME))


def test_need_is_population_weighted_by_fragility():
    # Mean weighted by population: (300 × 20 + 100 × 60) / 400 = 30.
    assert [200.0, 200.0, 50.0] == needs([300, 100, 50], [20, 60, NAN]).tolist()


def test_without_any_score_need_is_the_population():
    assert [300.0, 100.0] == needs([300, 100], [NAN, NAN]).tolist()


people = st.lists(
    st.tuples(st.integers(1, 10_000), st.floats(1, 100) | st.just(NAN)), min_size=1
)


@given(people)
def test_needs_add_up_to_the_population(rows):
    persons, scores = zip(*rows, strict=True)

    assert needs(persons, scores).sum() == pytest.approx(sum(persons), rel=1e-9)


def test_a_new_place_helps_those_for_whom_it_is_nearer_by_a_kilometre():
    before = [8.0, 8.0, 8.0, NAN, NAN, 30.0]
    new = [7.0, 7.5, 9.0, 19.0, 21.0, 25.0]

    found = gains(before, new)

    # 7.5 saves too little, 9 is farther, 21 and 25 are out of reach.
    assert [Gain(0, 8.0, 7.0), Gain(3, None, 19.0)] == found
    assert [1.0, None] == [one.saved for one in found]


def test_two_minutes_are_the_least_gain_of_a_table_of_times():
    found = gains(np.array([12.0, 12.0]), np.array([10.0, 11.0]), BY_TIME)

    assert [0] == [one.zone for one in found]
