"""Proposals hold when more than half of those who answered call for them."""

from __future__ import annotations

import pytest

from jalons.analysis.grid import DONT_KNOW
from jalons.analysis.proposals import (
    Condition,
    Held,
    Rule,
    Support,
    held,
    is_strong,
    support,
)

NO_LEAD = Condition("P2", any_of=("no",))
NOT_FOLLOWED = Condition("S4", none_of=("evaluation",))


@pytest.mark.parametrize(
    ("said", "count", "n", "is_enough"),
    [
        (["no"], 1, 1, True),
        (["no", "no", "yes"], 2, 3, True),
        (["no", "yes"], 1, 2, False),
        (["no", "yes", "yes"], 1, 3, False),
        (["no", DONT_KNOW, None], 1, 1, True),
        ([DONT_KNOW, None], 0, 0, False),
    ],
)
def test_blanks_are_on_neither_side_and_a_tie_is_not_enough(said, count, n, is_enough):
    found = support(NO_LEAD, [{"P2": one} if one else {} for one in said])

    assert Support("P2", count, n) == found
    assert is_enough == found.is_enough


def test_none_of_is_met_by_answers_that_contradict_nothing():
    sheets = [{"S4": ["document"]}, {"S4": ["document", "evaluation"]}, {"S4": "none"}]

    assert Support("S4", 2, 3) == support(NOT_FOLLOWED, sheets)


def test_a_question_that_was_not_asked_calls_for_nothing():
    assert () == held([Rule("follow_up", (NOT_FOLLOWED,))], [{"S3": "no"}])


def test_a_rule_needs_all_its_conditions_and_gives_a_reason_for_each():
    both = Rule("both", (NO_LEAD, NOT_FOLLOWED))
    sheets = [{"P2": "no", "S4": ["document"]}, {"P2": "no", "S4": ["evaluation"]}]

    assert () == held([both], sheets)
    assert (Held("both", (Support("P2", 1, 1), Support("S4", 1, 1))),) == held(
        [both], sheets[:1]
    )


def test_rules_keep_the_order_of_their_file():
    rules = [Rule("second", (NO_LEAD,)), Rule("first", (NO_LEAD,))]

    assert ["second", "first"] == [one.code for one in held(rules, [{"P2": "no"}])]


def test_a_rule_without_condition_never_holds():
    assert () == held([Rule("empty", ())], [{"P2": "no"}])


@pytest.mark.parametrize(
    ("low", "maximum", "expected"),
    [(2, 3, True), (1.5, 3, False), (3, 4, True), (1, 2, False), (0, 0, False)],
)
def test_two_thirds_of_the_points_make_a_strength(low, maximum, expected):
    assert expected == is_strong(low, maximum)
