from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.crosstab import (
    Table,
    adjusted,
    compare,
    crosstab,
    empty_combinations,
    row_lines,
)
from tests.analysis.tables import table

DENSITIES = ("urban", "rural")
CLASSES = ("early", "middle", "advanced")


def crossing(counts, rows=("high", "middle", "low"), columns=("early", "other")):
    counts = np.array(counts)
    return Table(rows[: len(counts)], columns[: counts.shape[1]], counts)


def test_units_without_a_context_are_counted_apart():
    rows = table("""
        epci | density | class
        1    | urban   | early
        2    | urban   | middle
        3    | rural   | early
        4    | rural   | early
        5    |         | early
        6    | rural   |
        7    |         |
    """)

    found = crosstab(
        [row.get("density") for row in rows],
        [row.get("class") for row in rows],
        DENSITIES,
        CLASSES,
    )

    assert found.counts.tolist() == [[1, 1, 0], [2, 0, 0]]
    assert (found.n, found.without_row, found.without_column) == (4, 2, 1)
    assert found.n + found.left_out == len(rows)


def test_a_code_outside_the_order_is_refused():
    with pytest.raises(ValueError, match="urbain"):
        crosstab(["urbain"], ["early"], DENSITIES, CLASSES)
    with pytest.raises(ValueError, match="1 rows for 2 columns"):
        crosstab(["urban"], ["early", "early"], DENSITIES, CLASSES)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*DENSITIES, None]), st.sampled_from([*CLASSES, None])
        )
    )
)
def test_margins_plus_what_is_left_out_equal_the_headline(pairs):
    densities, classes = [p[0] for p in pairs], [p[1] for p in pairs]

    found = crosstab(densities, classes, DENSITIES, CLASSES)

    assert found.n + found.left_out == len(pairs)
    for at, code in enumerate(CLASSES):
        without = sum(p == (None, code) for p in pairs)
        assert found.counts[:, at].sum() + without == classes.count(code)


def test_a_row_line_carries_n_share_and_interval():
    first, empty = row_lines(crossing([[6, 27], [0, 0]]), [50, 4])

    assert (first.n, first.shares[0].count, empty.n) == (33, 6, 0)
    assert (
        first.shares[0].interval.high
        < row_lines(crossing([[6, 27]]))[0].shares[0].interval.high
    )
    assert (empty.shares[0].share, empty.shares[0].interval) == (None, None)


def test_the_mock_up_does_not_conclude():
    found = compare(crossing([[6, 27], [2, 28], [2, 28]]))

    assert found.kind == "no_conclusion"
    assert (found.first_row, found.first.count, found.first.n) == ("high", 6, 33)
    assert (found.last_row, found.last.count, found.last.n) == ("low", 2, 30)
    assert found.p_value == pytest.approx(0.26, abs=0.005)
    assert (found.n, found.n_small, found.first_is_higher) == (93, False, True)


def test_what_the_numbers_allow_to_say():
    rows = table("""
        high  | low   | kind           | small
        20/40 | 5/40  | difference     |
        20/25 | 5/25  | difference     | yes
        4/10  | 2/10  | no_conclusion  | yes
        0/0   | 5/25  | not_computable | yes
        0/30  | 0/30  | not_computable |
    """)

    for row in rows:
        pairs = [[int(x) for x in row[side].split("/")] for side in ("high", "low")]
        found = compare(crossing([[k, n - k] for k, n in pairs]))
        assert (found.kind, found.n_small) == (row["kind"], "small" in row), row


def test_another_column_and_other_rows_may_be_compared():
    found = compare(crossing([[1, 9], [5, 5], [8, 2]]), column=1, first=1, last=0)

    assert (found.column, found.first_row, found.last_row) == (
        "other",
        "middle",
        "high",
    )
    assert (found.first.count, found.last.count) == (5, 9)


def test_examining_many_crossings_makes_each_harder_to_believe():
    one = compare(crossing([[20, 20], [10, 30]]))
    nothing = compare(crossing([[10, 10], [10, 10]]))
    empty = compare(crossing([[0, 0], [10, 10]]))

    found = adjusted([one, nothing, nothing, empty])

    assert one.kind == "difference"
    assert (found[0].kind, found[0].comparisons) == ("no_conclusion", 3)
    assert found[0].p_adjusted == pytest.approx(3 * one.p_value)
    assert found[0].p_value == one.p_value
    assert (found[3].kind, found[3].p_adjusted) == ("not_computable", None)


def test_two_context_variables_that_cannot_be_told_apart():
    density_by_income = crossing(
        [[0, 1, 5], [52, 50, 46]], DENSITIES, ("poor", "mid", "rich")
    )
    mixed = crossing([[1, 5], [40, 30]], DENSITIES, ("poor", "rich"))

    assert empty_combinations(density_by_income) == (("urban", "poor"),)
    assert empty_combinations(mixed) == ()


def test_an_absent_class_is_not_an_empty_combination():
    half = crossing([[3, 4], [0, 0]], DENSITIES, ("poor", "rich"))

    assert empty_combinations(half) == ()


def test_where_everybody_answered_a_difference_is_counted_and_not_tested():
    table = Table(
        ("dense", "rural"), ("advanced", "other"), np.array([[5, 8], [9, 48]])
    )

    counted = compare(table, populations=(13, 57))
    (judged,) = adjusted([counted])

    assert (
        ("counted", None)
        == (counted.kind, counted.p_value)
        == (
            judged.kind,
            judged.p_value,
        )
    )
    assert counted.first_is_higher
    # One EPCI of the second row did not answer: the two rows are compared again.
    drawn = compare(table, populations=(13, 58))
    assert "no_conclusion" == drawn.kind
    assert 0.117 == pytest.approx(drawn.p_value, abs=0.001)
