"""Numbers and days in classes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.classing import (
    bounds_of,
    by_limits,
    by_period,
    by_wide_periods,
    grain_of,
    quarters,
)


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def test_a_limit_belongs_to_the_class_above_and_a_missing_number_to_none():
    found = by_limits(np.array([4.9, 5, np.nan, -3, 10]), [5, 10])

    assert ("..5", "5..10", "10..") == found.codes
    assert [0, 1, -1, 0, 2] == found.positions.tolist()
    assert (2, 1, 1) == found.counts
    assert [(None, 5), (5, 10), (10, None)] == [bounds_of(c) for c in found.codes]


def test_quarters_are_round_and_nobody_shows():
    """Quartiles 12.25, 21.5 and 30.5: a fifth of 18.25 is 3.65, so steps of one."""
    numbers = np.array([2, 11, 12, 13, 21, 22, 23, 33, 34, 43.0])

    assert (12, 22, 30) == quarters(numbers, least=1)
    assert (22,) == quarters(numbers, least=4)


@pytest.mark.parametrize("numbers", [[], [1, 2, 3], [7.0] * 20])
def test_too_few_numbers_or_all_alike_make_no_classes(numbers):
    assert () == quarters(np.array(numbers, float), least=5)


@given(
    st.lists(st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1.0, 2.0]), max_size=60),
    st.integers(1, 8),
)
def test_each_class_made_from_the_answers_holds_enough(numbers, least):
    values = np.array(numbers, float)
    limits = quarters(values, least)

    assert all(low < high for low, high in pairwise(limits))
    assert not limits or min(by_limits(values, limits).counts) >= least


def test_months_become_years_when_they_are_too_many():
    assert "month" == grain_of(days("2023-01-15", "2024-12-31"))
    assert "year" == grain_of(days("2023-01-15", "2025-01-01"))


def test_a_period_without_any_day_is_there_with_nobody():
    found = by_period(days("2024-01-31", "NaT", "2024-03-01"), "month")

    assert (("2024-01", "2024-02", "2024-03"), (1, 0, 1)) == (found.codes, found.counts)
    assert [0, -1, 2] == found.positions.tolist()


def test_periods_are_joined_and_the_rest_joins_the_last():
    found = by_wide_periods(
        days("2010-05-01", "2012-01-01", "2013-01-01", "2013-02-01", "2019-01-01"),
        least=2,
    )

    assert ("2010..2012", "2013..2019") == found.codes
    assert (2, 3) == found.counts


def test_nobody_gives_no_period():
    assert ((), ()) == (
        by_wide_periods(days("NaT"), 5).codes,
        by_wide_periods(days(), 5).counts,
    )
