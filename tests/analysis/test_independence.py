from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from jalons.analysis.exact import DRAWN_TABLES, exact_p, exact_p_plain
from jalons.analysis.independence import (
    benjamini_hochberg,
    cramers_v_interval,
    independence_of,
    many_independence,
)

TEA = [[3, 1], [1, 3]]
# A. Agresti, 2002, Categorical Data Analysis, p. 57, income by job satisfaction; the
# exact p-value is the one printed by R's help page of fisher.test.
JOB = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]
JOB_P = 0.7827

small_tables = arrays(
    np.int64,
    st.tuples(st.integers(2, 3), st.integers(2, 3)),
    elements=st.integers(0, 4),
)


def test_the_lady_tasting_tea():
    test = independence_of(TEA)

    assert test.name == "exact"
    assert test.p_value == pytest.approx(34 / 70)
    assert test.n_small


def test_six_of_33_against_two_of_30_allow_no_conclusion():
    test = independence_of([[6, 27], [2, 28]])

    # Hypergeometric tables with 8 early of 63, 33 in the first row, no more probable
    # than the one observed: 0, 1, 2 or 6, 7, 8 in the first row; summed by hand.
    assert test.p_value == pytest.approx(0.260886, abs=1e-6)


@given(small_tables)
def test_the_fast_exact_test_equals_the_plain_one(counts):
    if independence_of(counts) is None:
        return

    assert exact_p(counts).p_value == pytest.approx(
        float(exact_p_plain(counts)), abs=1e-9
    )


@given(arrays(np.int64, (2, 2), elements=st.integers(0, 60)))
def test_two_by_two_equals_scipy(counts):
    test = independence_of(counts)
    if test is None:
        return

    assert test.p_value == pytest.approx(stats.fisher_exact(counts).pvalue, abs=1e-9)


def test_a_table_too_large_to_enumerate_is_drawn_and_says_so():
    found = exact_p(JOB)

    assert found.draws == DRAWN_TABLES
    assert found.error == pytest.approx(0.0029, abs=1e-4)
    assert found.p_value == pytest.approx(JOB_P, abs=4 * found.error)
    assert exact_p(JOB) == found
    assert exact_p(JOB, seed=2) != found


def test_chi2_serves_only_large_expected_counts():
    large = independence_of([[30, 20, 10], [20, 20, 20]])
    small = independence_of([[30, 20, 1], [20, 20, 2]])

    expected = stats.chi2_contingency([[30, 20, 10], [20, 20, 20]], correction=False)
    assert (large.name, large.degrees) == ("chi2", 2)
    assert large.p_value == pytest.approx(expected.pvalue)
    assert large.statistic == pytest.approx(expected.statistic)
    assert small.name == "exact"


@pytest.mark.parametrize(
    "counts", [[[0, 0], [0, 0]], [[3, 4], [0, 0]], [[3, 0], [4, 0]], [[5, 6]], [[0]]]
)
def test_nothing_to_compare_is_not_a_zero(counts):
    assert independence_of(counts) is None


def test_empty_rows_and_columns_are_left_out():
    with_empty = independence_of([[3, 0, 1], [0, 0, 0], [1, 0, 3]])

    assert with_empty == independence_of(TEA)


def test_cramers_v_of_perfect_and_absent_links():
    assert independence_of([[20, 0], [0, 20]]).cramers_v == pytest.approx(1)
    assert independence_of([[10, 10], [10, 10]]).cramers_v == 0


def test_cramers_v_interval_holds_the_value_and_repeats_itself():
    counts = [[30, 10], [12, 28]]

    low, high = cramers_v_interval(counts, seed=3)

    assert low < independence_of(counts).cramers_v < high
    assert cramers_v_interval(counts, seed=3) == (low, high)
    assert cramers_v_interval([[3, 4], [0, 0]], seed=3) is None


@given(
    st.lists(
        arrays(
            np.int64,
            st.tuples(st.integers(1, 4), st.integers(1, 4)),
            elements=st.integers(0, 30),
        ),
        max_size=6,
    )
)
def test_many_tests_at_once_equal_one_at_a_time(tables):
    found = many_independence(tables)

    for at, counts in enumerate(tables):
        test = independence_of(counts)
        if test is None:
            assert np.isnan(
                [found.p_value[at], found.statistic[at], found.cramers_v[at]]
            ).all()
            continue
        assert found.statistic[at] == pytest.approx(test.statistic)
        assert found.cramers_v[at] == pytest.approx(test.cramers_v)
        assert (found.degrees[at], found.n[at]) == (test.degrees, test.n)
        if found.is_valid[at] and test.name == "chi2":
            assert found.p_value[at] == pytest.approx(test.p_value)


def test_the_order_of_rows_and_columns_changes_nothing():
    counts = np.array([[8, 1, 3], [2, 6, 2]])
    p = independence_of(counts).p_value

    for rows, columns in product([[0, 1], [1, 0]], [[0, 1, 2], [2, 0, 1]]):
        assert independence_of(counts[rows][:, columns]).p_value == pytest.approx(p)
    assert independence_of(counts.T).p_value == pytest.approx(p)


def test_benjamini_and_hochbergs_own_example():
    # JRSS B 57, 1995: of 15 p-values, 4 are kept at 5 %, 3 by Bonferroni.
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p_values += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000]

    adjusted = benjamini_hochberg(p_values)

    assert sum(p <= 0.05 for p in adjusted) == 4
    assert adjusted == pytest.approx(stats.false_discovery_control(p_values))


def test_crossings_without_a_test_do_not_count_among_the_tests():
    assert benjamini_hochberg([0.02, None, None]) == (0.02, None, None)
    assert benjamini_hochberg([]) == ()
