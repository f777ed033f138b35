"""The answers of a whole campaign as one matrix of small integers, scored at once.

Encoding. One row per question of the grid, one column per answer. A cell says what
was answered, not what it is worth, so that a matrix survives a change of points:

* 0: not asked (its condition is not met);
* 1: missing (unanswered, "ne sait pas", or hanging on a missing answer);
* 2 + k: for one choice, the k-th option of the rule; for boxes that add up, the
  binary number whose i-th bit says that the i-th option is ticked; for boxes that
  are counted, their number, capped at the highest step of the rule.

Scoring is then one look-up in a table of points per question. `scoring.score` is
the plain reference; both are tested equal on random answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.grid import (
    NONE,
    Answers,
    Counted,
    Grid,
    Item,
    Rule,
    Single,
    UnknownAnswer,
    state,
    ticked,
)

NOT_ASKED = 0
MISSING = 1
FIRST = 2

CodeArray = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Codes:
    """Encoded answers: `matrix[q, i]` is the code of answer `i` to question `q`."""

    questions: tuple[str, ...]
    matrix: CodeArray

    def __len__(self) -> int:
        return int(self.matrix.shape[1])


@dataclass(frozen=True, slots=True)
class ScoreArrays:
    """Scores of many answers, in points: one column per answer, as encoded.

    `dimension_low` and `dimension_high` have one row per name of `dimensions`.
    """

    low: NDArray[np.int16]
    high: NDArray[np.int16]
    dimensions: tuple[str, ...]
    dimension_low: NDArray[np.int16]
    dimension_high: NDArray[np.int16]


def encode(grid: Grid, answers: Sequence[Answers]) -> Codes:
    """Encode answers once; the matrix is then kept per revision of a campaign.

    >>> from jalons.analysis.grid import ScoreClass
    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> grid = Grid([item], (ScoreClass("all", 0, 3),), total=3)
    >>> encode(grid, [{"P2": "yes"}, {"P2": "no"}, {}]).matrix.tolist()
    [[3, 2, 1]]
    """
    matrix = np.empty((len(grid.items), len(answers)), dtype=np.uint16)
    for row, item in zip(matrix, grid.items, strict=True):
        row[:] = [_code(grid, item, one) for one in answers]
    return Codes(tuple(item.code for item in grid.items), matrix)


def _code(grid: Grid, item: Item, answers: Answers) -> int:
    found = state(grid, item, answers)
    if found != "asked":
        return NOT_ASKED if found == "not_asked" else MISSING
    chosen = ticked(answers[item.code]) - {NONE}
    if isinstance(item.rule, Counted):
        return FIRST + min(len(chosen), _highest_step(item.rule))
    options = list(item.rule.points)
    try:
        positions = [options.index(option) for option in chosen]
    except ValueError as error:
        raise UnknownAnswer(item.code, " + ".join(sorted(chosen))) from error
    if isinstance(item.rule, Single):
        return FIRST + positions[0]
    return FIRST + sum(1 << position for position in positions)


def _highest_step(rule: Counted) -> int:
    return max((least for least, _ in rule.steps), default=0)


def _worth(rule: Rule) -> list[int]:
    """Points of the codes FIRST, FIRST + 1, … of a rule."""
    if isinstance(rule, Counted):
        return [rule.points_of(n) for n in range(_highest_step(rule) + 1)]
    worth = list(rule.points.values())
    if isinstance(rule, Single):
        return worth
    return [
        sum(value for bit, value in enumerate(worth) if mask >> bit & 1)
        for mask in range(1 << len(worth))
    ]


def score_matrix(grid: Grid, codes: Codes) -> ScoreArrays:
    """Score every encoded answer.

    >>> from jalons.analysis.grid import ScoreClass
    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> grid = Grid([item], (ScoreClass("all", 0, 3),), total=3)
    >>> scores = score_matrix(grid, encode(grid, [{"P2": "yes"}, {}]))
    >>> scores.low.tolist(), scores.high.tolist()
    ([3, 0], [3, 3])
    """
    dimensions = tuple(dict.fromkeys(item.dimension for item in grid.items))
    shape = (len(dimensions), len(codes))
    low, high = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    for item, column in zip(grid.items, codes.matrix, strict=True):
        worth = _worth(item.rule)
        at = dimensions.index(item.dimension)
        low[at] += np.array([0, 0, *worth], np.int16)[column]
        high[at] += np.array([0, item.maximum, *worth], np.int16)[column]
    return ScoreArrays(
        low.sum(axis=0, dtype=np.int16),
        high.sum(axis=0, dtype=np.int16),
        dimensions,
        low,
        high,
    )
