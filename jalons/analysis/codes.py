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

from jalons.analysis.fast import compiled
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
from jalons.analysis.packing import (
    Packed,
    Small,
    are_bytes,
    blocks,
    largest,
    packed,
    packs,
    shares_of,
)
from jalons.analysis.ranking import in_threads

Lines = NDArray[np.int16]
Points = NDArray[np.int16]

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
    low, high = (
        np.empty((len(dimensions), len(codes)), dtype=np.int16) for _ in range(2)
    )
    for at, dimension in enumerate(dimensions):
        _add_up(grid, codes.matrix, dimension, low[at], high[at])
    totals = (
        (low[0].copy(), high[0].copy())
        if len(dimensions) == 1
        else (low.sum(axis=0, dtype=np.int16), high.sum(axis=0, dtype=np.int16))
    )
    return ScoreArrays(*totals, dimensions, low, high)


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


def _add_up(
    grid: Grid, matrix: Small, dimension: str, low: Points, high: Points
) -> None:
    """Low and high points of a dimension, one of each per answer."""
    places = [at for at, item in enumerate(grid.items) if item.dimension == dimension]
    tables = [_low_and_high(grid.items[at]) for at in places]
    rows, sizes = [matrix[at] for at in places], [len(table) for table in tables]
    together = [
        reduce(np.add.outer, [tables[at] for at in pack])
        for pack in packs(sizes, LARGEST_PACK)
    ]
    loop = compiled("add_points", matrix.size)
    if loop is None or not _fit(rows, sizes):
        both = _totals(rows, sizes, together)
        low[:], high[:] = both & LOW, both >> HIGH
        return
    given = Packed.of(rows, sizes, LARGEST_PACK)
    points = np.concatenate([table.ravel() for table in together])

    def add(part: slice) -> None:
        loop(
            *(given.addresses, given.sizes, given.ends, given.offsets, len(given)),
            *(points, part.start, part.stop, low, high),
        )

    in_threads(add, shares_of(matrix.shape[1]))


def _fit(rows: Sequence[Small], sizes: Sequence[int]) -> bool:
    """Whether each code is in its table: a loop in C does not look."""
    pairs = zip(largest(rows), sizes, strict=True)
    return are_bytes(rows) and all(code < size for code, size in pairs)


def _totals(
    rows: Sequence[Small],
    sizes: Sequence[int],
    together: Sequence[NDArray[np.uint32]],
) -> NDArray[np.uint32]:
    """Low and high points in one number per answer."""
    totals = np.zeros(len(rows[0]), np.uint32)
    for pack, points in zip(packs(sizes, LARGEST_PACK), together, strict=True):
        for block in blocks(len(totals)):
            combined = packed([rows[at][block] for at in pack], points.shape)
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
    loop = compiled("look_up", len(totals))
    if loop is None or not totals.flags.c_contiguous or totals.dtype != np.int16:
        found: NDArray[np.uint8] = position[totals]
        return found
    if len(totals) and (totals.min() < 0 or totals.max() >= len(position)):
        raise IndexError("a total beyond the last class")
    found = np.empty(len(totals), dtype=np.uint8)

    def place(part: slice) -> None:
        loop(totals[part], part.stop - part.start, position, found[part])

    in_threads(place, shares_of(len(totals)))
    return found
