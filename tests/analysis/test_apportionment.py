"""Whole parts that add up, by hand and whatever the sizes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.apportionment import share_out


def test_what_is_left_goes_to_the_largest_remainders():
    # 21 × (1 429, 820, 751) / 3 000 = 10.003, 5.74, 5.257: 20 whole, one to 5.74.
    assert {"a": 10, "b": 6, "c": 5} == share_out(21, {"a": 1429, "b": 820, "c": 751})


def test_equal_remainders_go_to_the_larger_then_to_the_first():
    assert {"a": 0, "b": 2} == share_out(2, {"a": 1, "b": 3})
    assert {"a": 1, "b": 0} == share_out(1, {"a": 1, "b": 1})


def test_nothing_to_share_or_nobody_to_share_between():
    assert {"a": 0} == share_out(0, {"a": 3})
    assert {"a": 0, "b": 0} == share_out(5, {"a": 0, "b": 0})
    with pytest.raises(ValueError, match="negative"):
        share_out(5, {"a": -1, "b": 2})


@given(st.integers(0, 5000), st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_parts_add_up_and_stay_within_one_of_the_exact_share(total, sizes):
    named = dict(enumerate(sizes))

    parts = share_out(total, named)

    whole = sum(sizes)
    if whole:
        assert total == sum(parts.values())
        exact = [total * size / whole for size in sizes]
        assert all(abs(parts[n] - exact[n]) < 1 + 1e-6 for n in named)
