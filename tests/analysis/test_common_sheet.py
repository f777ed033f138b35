from __future__ import annotations

from jalons.analysis.common_sheet import common_answers
from tests.analysis.grids import MATURITY, answers
from tests.analysis.tables import table


def sheet_of(text, method="median"):
    return common_answers(MATURITY, [answers(row) for row in table(text)], method)


THREE = """
    P1a       | R1
    no        | full
    regular   | yes
    regular   | yes
"""


def test_each_question_keeps_the_answer_of_the_median_points():
    assert sheet_of(THREE) == {"P1a": "regular", "R1": "yes"}


def test_the_maximum_keeps_the_highest_answer_of_each_question():
    assert sheet_of(THREE, "maximum") == {"P1a": "regular", "R1": "full"}


def test_two_answers_keep_the_lower_one():
    found = sheet_of("""
        P1a
        regular
        no
    """)

    assert found == {"P1a": "no"}


def test_an_answer_unknown_to_everyone_is_left_blank():
    found = sheet_of("""
        P1a       | R1
        dont_know | dont_know
        regular   | dont_know
    """)

    assert found == {"P1a": "regular"}


def test_nobody_leaves_an_empty_sheet():
    assert common_answers(MATURITY, []) == {}
