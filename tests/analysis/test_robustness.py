from __future__ import annotations

from dataclasses import replace

import numpy as np

from jalons.analysis.crosstab import Table, compare
from jalons.analysis.robustness import (
    reassigned_points,
    says_the_same,
    with_points,
    without_questions,
)
from jalons.analysis.scoring import Range, classify, score
from tests.analysis.grids import MATURITY, answers
from tests.analysis.tables import table

LARGE = answers(
    table("""
    P1a  | P1b  | P2 | R1 | R2a       | R2b   | R3 | S1 | S2 | S3
    some | some | no | no | a+b+c+d+e | talks | 4+ | 1+ | yes| no
    """)[0]
)


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


def test_a_large_territory_without_what_its_size_gives():
    whole = score(MATURITY, LARGE)

    left = without_questions(MATURITY, whole)

    # 15 points, 10 of them for R2a, R3 and S1; 5 × 37/27 = 6.85.
    assert whole.low == 15
    assert round(left.low, 2) == 6.85
    assert left.by_dimension["resources"] == Range(1, 1)
    assert classify(MATURITY, left.low, left.high).code == "middle"


def test_other_points_for_a_question_leave_the_missing_ones_missing():
    known = score(MATURITY, LARGE)
    unknown = score(MATURITY, LARGE | {"R3": "dont_know"})

    assert with_points(known, {"R3": 1}).low == 12
    assert with_points(unknown, {"R3": 1}) == unknown


def test_two_findings_say_the_same_when_kind_and_direction_agree():
    nothing = compare(Table(("a", "b"), ("x", "y"), np.array([[5, 5], [5, 5]])))
    higher = compare(Table(("a", "b"), ("x", "y"), np.array([[30, 5], [5, 30]])))
    lower = replace(higher, first=higher.last, last=higher.first)

    assert says_the_same(nothing, nothing)
    assert says_the_same(higher, higher)
    assert not says_the_same(nothing, higher)
    assert not says_the_same(higher, lower)
