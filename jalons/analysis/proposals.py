"""What respondents say that a territory has, and what it may work on next.

A condition is met when more than half of the respondents who answered its question
gave one of the answers looked for (`any_of`), or none of those that would contradict
it (`none_of`). Blanks and "ne sait pas" are on neither side: they are missing, not a
"no". A rule holds when all its conditions are met; each is returned with its count, so
that the reason can be read beside the proposal.

The rules themselves are text that experts review (`data/returns`). They are prompts
for a discussion: neither a ranking of what matters, nor a forecast of points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalons.analysis.grid import Answer, ticked

STRONG_SHARE = 2 / 3
"""Of the points of a question, from which it is told as a strength. Our choice: with
2 to 4 points a question, it asks for more than the middle answer."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Answers to one question: one of `any_of`, or none of `none_of`."""

    question: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A proposal by its code, and all that must be said for it to be made."""

    code: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """`count` of the `n` respondents who answered a question meet its condition."""

    question: str
    count: int
    n: int

    @property
    def is_enough(self) -> bool:
        """More than half: a tie is left to discussion."""
        return 2 * self.count > self.n


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds, with one reason for each of its conditions."""

    code: str
    reasons: tuple[Support, ...]


def support(condition: Condition, sheets: Sequence[Mapping[str, Answer]]) -> Support:
    """How many respondents meet a condition, of those who answered its question.

    >>> support(Condition("P2", any_of=("no",)), [{"P2": "no"}, {"P2": "yes"}, {}])
    Support(question='P2', count=1, n=2)
    >>> support(Condition("S4", none_of=("evaluation",)), [{"S4": ["document"]}])
    Support(question='S4', count=1, n=1)
    """
    said = [ticked(sheet.get(condition.question)) for sheet in sheets]
    known = [options for options in said if options]
    count = sum(_is_met(condition, options) for options in known)
    return Support(condition.question, count, len(known))


def held(
    rules: Sequence[Rule], sheets: Sequence[Mapping[str, Answer]]
) -> tuple[Held, ...]:
    """The rules that hold, in their own order.

    >>> lead = Rule("name_a_lead", (Condition("P2", any_of=("no",)),))
    >>> held([lead], [{"P2": "no"}])
    (Held(code='name_a_lead', reasons=(Support(question='P2', count=1, n=1),)),)
    >>> held([lead], [{"P2": "yes"}])
    ()
    """
    found = []
    for rule in rules:
        reasons = tuple(support(condition, sheets) for condition in rule.conditions)
        if reasons and all(reason.is_enough for reason in reasons):
            found.append(Held(rule.code, reasons))
    return tuple(found)


def is_strong(low: float, maximum: int) -> bool:
    """Whether the points surely had in a question make it a strength.

    >>> is_strong(3, 4), is_strong(1, 2)
    (True, False)
    """
    return maximum > 0 and low >= STRONG_SHARE * maximum


def _is_met(condition: Condition, options: frozenset[str]) -> bool:
    if condition.any_of and not options & set(condition.any_of):
        return False
    return not options & set(condition.none_of)
