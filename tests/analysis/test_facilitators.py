from __future__ import annotations

import pytest

from jalons.analysis.facilitators import DELIBERATION_IN_BOTH, PAIRS, facilitators
from jalons.analysis.robustness import reassigned_points, says_the_same
from tests.analysis.grids import MATURITY, answers
from tests.analysis.tables import table

ANSWERS = table("""
    R1        | P2  | S3        | S4
    yes       | yes | yes       | written+voted
    full      | yes | yes       | written
    full      | yes | draft     | written+voted+planned
    informal  | no  | no        |
    no        | no  | no        |
    no        | yes | dont_know |
    dont_know | no  | yes       | none
""")


def found_pairs():
    return facilitators(MATURITY, [answers(row) for row in ANSWERS])


def test_each_facilitator_is_crossed_with_each_outcome():
    codes = [
        (one.pair.facilitator.code, one.pair.outcome.code) for one in found_pairs()
    ]

    assert codes == [("R1", "S3"), ("R1", "S4"), ("P2", "S3"), ("P2", "S4")]


def test_a_coordinating_body_against_a_strategy():
    found = found_pairs()[0]

    # Rows R1 yes / no, columns S3 yes / no; "dont_know" on either side is left out.
    assert found.table.counts.tolist() == [[2, 1], [0, 2]]
    assert found.table.left_out == 2
    assert found.finding.kind == "no_conclusion"
    assert found.finding.comparisons == 4


def test_a_strategy_that_does_not_exist_is_not_formalised():
    found = found_pairs()[1]

    # S4 is a true zero when S3 is "no", and missing when S3 is not known.
    assert found.table.counts.tolist() == [[2, 1], [0, 2]]
    assert found.table.left_out == 2


def test_the_detail_keeps_every_number_of_points():
    found = found_pairs()[0].detail

    assert found.row_labels == ("0", "1", "3", "4")
    assert found.column_labels == ("0", "1", "3")
    assert found.n == 5


def test_a_deliberation_counted_on_both_sides_is_said():
    assert PAIRS[3].remarks == (DELIBERATION_IN_BOTH,)
    assert not any(pair.remarks for pair in PAIRS[:3])


def test_a_grid_without_the_question_is_refused():
    with pytest.raises(ValueError, match="no question R1"):
        facilitators(type(MATURITY)([], MATURITY.classes), [{}])


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
    one, other = found_pairs()[0].finding, found_pairs()[2].finding

    assert says_the_same(one, other)
    assert not says_the_same(one, _difference(one))
    assert says_the_same(_difference(one), _difference(one))
    assert not says_the_same(_difference(one), _reversed(_difference(one)))


def _difference(finding):
    return type(finding)(**(_fields(finding) | {"kind": "difference"}))


def _reversed(finding):
    swap = {"first": finding.last, "last": finding.first}
    return type(finding)(**(_fields(finding) | swap))


def _fields(finding):
    return {name: getattr(finding, name) for name in finding.__slots__}
