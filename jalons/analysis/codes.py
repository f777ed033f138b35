"""The answers of a whole campaign as one matrix of small integers, scored at once.

Encoding. One row per question of the grid, one column per answer. A cell says what
was answered, not what it is worth, so that a matrix survives a change of points:

* 0: not asked (its condition is not met);
* 1: missing (unanswered, "ne sait pas", or hanging on a missing answer);
* 2 + k: for one choice, the k-th option of the rule; for boxes that add up, the
  binary number whose i-th bit says that the i-th option is ticked; for boxes that
  are counted, their number, capped at the highest step of the rule.

Scoring is then a look-up in a table of points, several questions at a time.
`scoring.score` is the plain reference; both are tested equal on random answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.grid import (
    NONE,
    Answers,
    Counted,
    Cumulative,
    Grid,
    Item,
    ScoreClass,
    Single,
    UnknownAnswer,
    state,
    ticked,
)
from jalons.analysis.packing import Small, blocks, packed, packs

Lines = NDArray[np.int16]

NOT_ASKED = 0
MISSING = 1
FIRST = 2

LARGEST_PACK = 4_096
"""Combinations of answers in one table of points: 16 kB, the fastest memory."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Encoded answers: `matrix[q, i]` is the code of answer `i` to question `q`."""

    questions: tuple[str, ...]
    matrix: Small

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

    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> grid = Grid([item], (ScoreClass("all", 0, 3),), total=3)
    >>> encode(grid, [{"P2": "yes"}, {"P2": "no"}, {}]).matrix.tolist()
    [[3, 2, 1]]
    """
    largest = max((len(_worth(item)) for item in grid.items), default=0)
    matrix = np.empty((len(grid.items), len(answers)), np.min_scalar_type(largest))
    for row, item in zip(matrix, grid.items, strict=True):
        row[:] = [_code(grid, item, one) for one in answers]
    return Codes(tuple(item.code for item in grid.items), matrix)


def _code(grid: Grid, item: Item, answers: Answers) -> int:
    found = state(grid, item, answers)
    if found != "asked":
        return NOT_ASKED if found == "not_asked" else MISSING
    chosen = ticked(answers[item.code])
    if isinstance(item.rule, Counted):
        return FIRST + min(len(chosen - {NONE}), _highest_step(item.rule))
    if isinstance(item.rule, Cumulative):
        chosen -= {NONE}
    options = list(item.rule.points)
    if not chosen <= item.rule.points.keys():
        raise UnknownAnswer(item.code, " + ".join(sorted(chosen - set(options))))
    positions = [options.index(option) for option in chosen]
    if isinstance(item.rule, Cumulative):
        return FIRST + sum(1 << position for position in positions)
    if len(positions) > 1:
        raise UnknownAnswer(item.code, " + ".join(sorted(chosen)))
    return FIRST + positions[0]


def _highest_step(rule: Counted) -> int:
    return max((least for least, _ in rule.steps), default=0)


def _worth(item: Item) -> list[tuple[int, int]]:
    """Low and high points of the codes 0, 1, 2… of a question."""
    rule = item.rule
    if isinstance(rule, Counted):
        known = [rule.points_of(n) for n in range(_highest_step(rule) + 1)]
    elif isinstance(rule, Single):
        known = list(rule.points.values())
    else:
        worth = list(rule.points.values())
        masks = range(1 << len(worth))
        known = [sum(w for bit, w in enumerate(worth) if m >> bit & 1) for m in masks]
    return [(0, 0), (0, item.maximum), *((points, points) for points in known)]


def score_matrix(grid: Grid, codes: Codes) -> ScoreArrays:
    """Score every encoded answer.

    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> grid = Grid([item], (ScoreClass("all", 0, 3),), total=3)
    >>> scores = score_matrix(grid, encode(grid, [{"P2": "yes"}, {}]))
    >>> scores.low.tolist(), scores.high.tolist()
    ([3, 0], [3, 3])
    """
    if codes.questions != tuple(item.code for item in grid.items):
        raise ValueError("these answers were encoded for another grid")
    dimensions = tuple(dict.fromkeys(item.dimension for item in grid.items))
    both = np.stack([_totals(grid, codes.matrix, d) for d in dimensions])
    low, high = both & LOW, both >> HIGH
    return ScoreArrays(
        low.sum(axis=0, dtype=np.int16),
        high.sum(axis=0, dtype=np.int16),
        dimensions,
        low.astype(np.int16),
        high.astype(np.int16),
    )


def lines_matrix(grid: Grid, codes: Codes) -> tuple[Lines, Lines]:
    """Low and high points of each question, one row each, one column per answer.

    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> grid = Grid([item], (ScoreClass("all", 0, 3),), total=3)
    >>> low, high = lines_matrix(grid, encode(grid, [{"P2": "yes"}, {}]))
    >>> low.tolist(), high.tolist()
    ([[3, 0]], [[3, 3]])
    """
    low = np.empty(codes.matrix.shape, np.int16)
    high = np.empty(codes.matrix.shape, np.int16)
    for row, item in enumerate(grid.items):
        worth = np.array(_worth(item), np.int16)
        low[row], high[row] = worth[codes.matrix[row]].T
    return low, high


def _totals(grid: Grid, matrix: Small, dimension: str) -> NDArray[np.uint32]:
    """Low and high points of a dimension, in one number per answer."""
    places = [at for at, item in enumerate(grid.items) if item.dimension == dimension]
    tables = [_low_and_high(grid.items[at]) for at in places]
    totals = np.zeros(matrix.shape[1], np.uint32)
    for pack in packs([len(table) for table in tables], LARGEST_PACK):
        points = reduce(np.add.outer, [tables[at] for at in pack])
        rows = [places[at] for at in pack]
        for block in blocks(matrix.shape[1]):
            combined = packed(matrix[rows, block], points.shape)
            totals[block] += points.ravel()[combined]
    return totals


LOW, HIGH = np.uint32(0xFFFF), np.uint32(16)
"""Both bounds travel in one number: the low one in its low 16 bits."""


def _low_and_high(item: Item) -> NDArray[np.uint32]:
    worth = np.array(_worth(item), dtype=np.uint32)
    both: NDArray[np.uint32] = worth[:, 0] + (worth[:, 1] << HIGH)
    return both


def class_positions(
    classes: Sequence[ScoreClass], totals: NDArray[np.int16]
) -> NDArray[np.uint8]:
    """Position of the class of each whole total, 0 for the first class.

    >>> classes = (ScoreClass("early", 0, 6), ScoreClass("late", 6, 37))
    >>> class_positions(classes, np.array([0, 5, 6, 37], np.int16)).tolist()
    [0, 0, 1, 1]
    """
    limits = [one.low for one in classes[1:]]
    every = np.arange(classes[-1].high + 1)
    position = np.searchsorted(limits, every, side="right").astype(np.uint8)
    found: NDArray[np.uint8] = position[totals]
    return found
