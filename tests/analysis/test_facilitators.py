from __future__ import annotations

import pytest

from jalons.analysis.facilitators import DELIBERATION_IN_BOTH, PAIRS, facilitators
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
