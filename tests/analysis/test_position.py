from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.position import LEAST_PEERS, position_in

# Tenths of 0…100 are 10 and 90, quarters 25, 50 and 75.
HUNDRED = [float(value) for value in range(101)]
SAME = [12.0] * 10
NUMBERS = st.lists(st.integers(-1000, 1000), min_size=LEAST_PEERS, max_size=40)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0, "lowest"),
        (9.9, "lowest"),
        (10, "low"),
        (24, "low"),
        (25, "middle"),
        (75, "middle"),
        (76, "high"),
        (90, "high"),
        (91, "highest"),
    ],
)
def test_a_value_lies_in_one_of_five_bands(value, band):
    assert band == position_in(value, HUNDRED).band


def test_the_middle_half_and_the_ends_are_given():
    found = position_in(30, HUNDRED)

    assert (0, 25, 50, 75, 100) == (
        found.minimum,
        found.low,
        found.median,
        found.high,
        found.maximum,
    )
    assert 101 == found.n


def test_territories_that_are_all_the_same_are_all_in_the_middle():
    found = position_in(12.0, SAME)

    assert "middle" == found.band
    assert 0.5 == found.scaled(12.0)


def test_a_tenth_of_a_few_peers_is_one_territory_and_is_not_told():
    nineteen, twenty = HUNDRED[:19], HUNDRED[:20]

    assert ("low", "high") == tuple(position_in(v, nineteen).band for v in (0, 18))
    assert ("lowest", "highest") == tuple(position_in(v, twenty).band for v in (0, 19))


def test_too_few_peers_give_no_position():
    assert position_in(3, HUNDRED[: LEAST_PEERS - 1]) is None
    assert position_in(3, HUNDRED[:LEAST_PEERS]) is not None


def test_a_missing_value_has_no_position_and_counts_for_nobody():
    assert position_in(None, HUNDRED) is None
    assert position_in(nan, HUNDRED) is None
    assert 101 == position_in(3, [*HUNDRED, nan]).n


@given(NUMBERS, st.integers(-1000, 1000), st.integers(1, 50))
def test_the_band_does_not_depend_on_the_unit_nor_on_the_order(values, value, factor):
    found = position_in(value, values)
    again = position_in(value * factor, [v * factor for v in reversed(values)])

    assert found.band == again.band


@given(NUMBERS, st.integers(-1000, 1000))
def test_a_value_always_stands_on_the_line_that_shows_it(values, value):
    found = position_in(value, values)

    assert 0 <= found.scaled(value) <= 1
