from __future__ import annotations

from dataclasses import replace

import numpy as np

from jalons.analysis.crosstab import Table, compare
from jalons.analysis.robustness import (
    reassigned_points,
    says_the_same,
)
from tests.analysis.tables import table


def test_points_given_again_by_full_time_equivalents_per_inhabitant():
    rows = table("""
        epci   | fte | population | points | again
        city   | 6   | 300000     | 4      | 1
        town   | 2   | 20000      | 3      | 4
        rural  | 0.5 | 8000       | 1      | 3
        none   | 0   | 9000       | 0      | 0
    """)

    found = reassigned_points(
        [int(r["points"]) for r in rows],
        [float(r["fte"]) for r in rows],
        [int(r["population"]) for r in rows],
    )

    assert found == tuple(int(r["again"]) for r in rows)


def test_equal_rates_get_equal_points():
    assert reassigned_points([4, 3, 0], [1, 2, 0], [10_000, 20_000, 5]) == (3, 3, 0)


def test_two_findings_say_the_same_when_kind_and_direction_agree():
    nothing = compare(Table(("a", "b"), ("x", "y"), np.array([[5, 5], [5, 5]])))
    higher = compare(Table(("a", "b"), ("x", "y"), np.array([[30, 5], [5, 30]])))
    lower = replace(higher, first=higher.last, last=higher.first)

    assert says_the_same(nothing, nothing)
    assert says_the_same(higher, higher)
    assert not says_the_same(nothing, higher)
    assert not says_the_same(higher, lower)
