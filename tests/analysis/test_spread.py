from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.spread import Spread, quantile_plain, spread


def test_half_of_the_values_lie_between_the_two_bounds():
    # Eight values: the quartiles stand three quarters of the way from the second to
    # the third, and a quarter of the way from the sixth to the seventh.
    assert Spread(8, 2.75, 4.5, 6.25) == spread([8, 7, 6, 5, 4, 3, 2, 1])


def test_of_no_value_nothing_is_said():
    with pytest.raises(ValueError, match="no value is known"):
        spread([])


@given(st.lists(st.floats(0, 37), min_size=1, max_size=30))
def test_the_fast_way_and_the_readable_one_agree(values):
    found = spread(values)

    shares = (0.25, 0.5, 0.75)
    assert [found.low, found.median, found.high] == pytest.approx(
        [quantile_plain(values, one) for one in shares]
    )
