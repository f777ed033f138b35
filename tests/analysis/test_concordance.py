from __future__ import annotations

from jalons.analysis.concordance import concordance, to_discuss
from jalons.analysis.scoring import score
from tests.analysis.grids import MATURITY, answers
from tests.analysis.tables import table


def lines_of(text):
    scores = [score(MATURITY, answers(row)) for row in table(text)]
    return {line.code: line for line in concordance(MATURITY, scores)}


def test_agreement_is_the_share_of_pairs_with_the_same_points():
    lines = lines_of("""
        P1a     | R1
        no      | yes
        no      | yes
        no      | full
        regular | full
    """)

    # P1a: 3 pairs of "no" among 6; R1: one pair of each among 6.
    assert (lines["P1a"].agreeing_share, lines["P1a"].spread) == (3 / 6, 2)
    assert (lines["R1"].agreeing_share, lines["R1"].spread) == (2 / 6, 1)


def test_an_unknown_answer_neither_agrees_nor_disagrees():
    lines = lines_of("""
        P1a        | P1b
        regular    | regular
        dont_know  | dont_know
        regular    |
    """)

    assert (lines["P1a"].n, lines["P1a"].unknown) == (2, 1)
    assert lines["P1a"].agreeing_share == 1
    assert (lines["P1b"].n, lines["P1b"].agreeing_share) == (1, None)
    assert not lines["P1b"].is_to_discuss


def test_the_widest_disagreements_come_first():
    lines = lines_of("""
        P1a     | P2  | R1   | S2
        regular | yes | yes  | yes
        regular | no  | full | no
    """)

    found = [line.code for line in to_discuss(tuple(lines.values()))]

    # P2: 3 of 3 points apart (and P3, asked of one only, 0 or unknown); S2: 2 of 3;
    # R1: 1 of 4; P1a agrees.
    assert found == ["P2", "S2", "R1"]
