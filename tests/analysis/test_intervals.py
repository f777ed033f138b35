from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.intervals import wilson
from tests.analysis.tables import table


def test_wilson_agrees_with_the_published_values():
    # R. G. Newcombe, 1998, Statistics in Medicine 17, 857-872, table I, method 3.
    rows = table("""
        k  | n   | low    | high
        81 | 263 | 0.2553 | 0.3662
        15 | 148 | 0.0624 | 0.1605
        0  | 20  | 0.0000 | 0.1611
        1  | 29  | 0.0061 | 0.1718
    """)

    for row in rows:
        found = wilson(int(row["k"]), int(row["n"]))
        expected = (float(row["low"]), float(row["high"]))
        assert (round(found.low, 4), round(found.high, 4)) == expected, row


def test_a_census_has_no_width_and_nobody_is_not_zero():
    assert wilson(2, 8, population=8).low == wilson(2, 8, population=8).high == 0.25
    assert wilson(0, 0) is None


def test_the_finite_population_interval_is_that_of_a_larger_sample():
    # 50 of 154: effective size 50 × 153/104 = 73.557…
    found = wilson(20, 50, population=154)

    z2, size, p = 1.959964**2, 50 * 153 / 104, 0.4
    middle = (p + z2 / (2 * size)) / (1 + z2 / size)
    assert (found.low + found.high) / 2 == pytest.approx(middle, abs=1e-6)
    assert found.high - found.low == pytest.approx(0.2185, abs=1e-4)


@pytest.mark.parametrize(
    ("k", "n", "population"), [(3, 2, None), (-1, 2, None), (1, 5, 4)]
)
def test_impossible_counts_are_refused(k, n, population):
    with pytest.raises(ValueError, match=r"is not a share|out of a population"):
        wilson(k, n, population)


@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 300))
def test_wilson_stays_between_0_and_1_and_holds_the_share(k, n, more):
    k = min(k, n)

    infinite, finite = wilson(k, n), wilson(k, n, population=n + more)

    assert 0 <= infinite.low <= finite.low + 1e-12
    assert finite.low - 1e-12 <= k / n <= finite.high + 1e-12
    assert finite.high <= infinite.high + 1e-12 <= 1 + 1e-12
