"""A scoring grid: which answer gives which points, and where the classes begin.

A question of the grid (`Item`) carries a rule that turns its answer into points,
a maximum, and possibly a condition on another answer. Points are whole numbers
and add up to the grid's total. Three states are kept apart, because a missing
answer is not a zero:

* asked: the answer is known, low = high = its points;
* not asked: the condition is not met, low = high = 0, a true zero;
* missing: unanswered, "ne sait pas", or hanging on an answer that is itself
  missing; low = 0, high = the maximum of the question.

Source: method of the survey "Numérique et territoires en Nouvelle-Aquitaine"
(PQN-A, January 2023), chapter on local strategies: points added up to 37, four classes.
The points of each answer were not published; a grid is therefore data, never code.
Not valid for questions whose points would be negative or fractional.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

DONT_KNOW = "dont_know"
"""Answer "ne sait pas": missing, like an answer left blank."""

NONE = "none"
"""Option "none of these" of a list to tick: an answer, worth zero, never counted."""

Answer = str | Sequence[str]
Answers = Mapping[str, Answer]
State = Literal["asked", "not_asked", "missing"]


class UnknownAnswer(ValueError):
    """An answer that the grid gives no points for: the grid and the form differ."""

    def __init__(self, question: str, value: str) -> None:
        super().__init__(f"{question}: no points are defined for {value!r}")
        self.question = question
        self.value = value


@dataclass(frozen=True, slots=True)
class Single:
    """One choice: the points of the chosen option."""

    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cumulative:
    """Boxes to tick: the points of the ticked options add up."""

    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """Boxes to tick: the number ticked, by steps `(at least, points)`.

    >>> Counted(((1, 1), (3, 2), (5, 3))).points_of(4)
    2
    """

    steps: Sequence[tuple[int, int]]

    def points_of(self, ticked: int) -> int:
        """Points of the highest step reached; zero under the first one."""
        reached = (points for least, points in self.steps if ticked >= least)
        return max(reached, default=0)


Rule = Single | Cumulative | Counted


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only when the answer to `question` is one of `any_of`."""

    question: str
    any_of: Collection[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the grid."""

    code: str
    dimension: str
    maximum: int
    rule: Rule
    asked_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class ScoreClass:
    """The class of totals in [low; high[; the last class includes its end."""

    code: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Questions, classes and total; `dimensions` declares each dimension's maximum."""

    items: Sequence[Item]
    classes: tuple[ScoreClass, ...]
    total: int = 37
    dimensions: Mapping[str, int] | None = None

    def item(self, code: str) -> Item | None:
        """The question of that code, or None when the grid does not score it."""
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one question: a range, one value unless the answer is missing."""

    code: str
    low: int
    high: int
    state: State
    dimension: str
    maximum: int


def ticked(answer: Answer | None) -> frozenset[str]:
    """The options of an answer; empty when it is missing.

    "Ne sait pas" makes the whole answer missing, even beside ticked boxes.

    >>> ticked("yes"), ticked(["yes", DONT_KNOW])
    (frozenset({'yes'}), frozenset())
    """
    if answer is None or answer == DONT_KNOW:
        return frozenset()
    if isinstance(answer, str):
        return frozenset((answer,) if answer else ())
    return frozenset() if DONT_KNOW in answer else frozenset(answer) - {""}


def state(grid: Grid, item: Item, answers: Answers) -> State:
    """Whether a question was asked, not asked, or is missing."""
    condition = item.asked_if
    if condition is not None:
        controlling = grid.item(condition.question)
        if controlling and state(grid, controlling, answers) == "not_asked":
            return "not_asked"
        chosen = ticked(answers.get(condition.question))
        if not chosen:
            return "missing"
        if chosen.isdisjoint(condition.any_of):
            return "not_asked"
    return "asked" if ticked(answers.get(item.code)) else "missing"


def _points_of(item: Item, options: frozenset[str]) -> int:
    rule = item.rule
    if isinstance(rule, Counted):
        return rule.points_of(len(options - {NONE}))
    if isinstance(rule, Single) and len(options) > 1:
        raise UnknownAnswer(item.code, " + ".join(sorted(options)))
    if isinstance(rule, Cumulative):
        options = options - {NONE}
    if not options <= rule.points.keys():
        raise UnknownAnswer(item.code, min(options - rule.points.keys()))
    return sum([rule.points[option] for option in options])


def points(grid: Grid, item: Item, answers: Answers) -> Points:
    """Points of one question, as a range when the answer is missing.

    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> grid = Grid([item], (ScoreClass("all", 0, 3),), total=3)
    >>> points(grid, item, {"P2": "yes"}).low
    3
    >>> missing = points(grid, item, {"P2": "dont_know"})
    >>> missing.low, missing.high, missing.state
    (0, 3, 'missing')
    """
    found = state(grid, item, answers)
    low = high = 0
    if found == "asked":
        low = high = _points_of(item, ticked(answers.get(item.code)))
    elif found == "missing":
        high = item.maximum
    return Points(item.code, low, high, found, item.dimension, item.maximum)
