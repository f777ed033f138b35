"""Facilitators of a formalised strategy, tested question against question.

The survey of 2022 holds that a body that coordinates actors (R1) and a political
sponsorship (P2) go with a strategy (S3) that is formalised (S4). Crossing them with a
total that contains them would find a link by construction: each question is crossed
with each other one. "Go with" is all that a survey can show.

Source: synthesis "Numérique et territoires en Nouvelle-Aquitaine" (PQN-A, January
2023), chapter on local strategies, for the two facilitators; the cuts are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jalons.analysis.crosstab import (
    ALPHA,
    Finding,
    Table,
    Test,
    adjusted,
    compare,
    crosstab,
    independence,
)
from jalons.analysis.grid import Answers, Grid, points

YES, NO = "yes", "no"

DELIBERATION_IN_BOTH = "deliberation_in_both"
"""P3 qualifies P2 and S4 qualifies S3: a deliberation counts in P3 and in S4, so that
part of the link between the two sides is one and the same act."""


@dataclass(frozen=True, slots=True)
class Side:
    """A question read as yes or no: yes from `at_least` points."""

    code: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A facilitator and what it may go with; `remarks` must be shown beside it."""

    facilitator: Side
    outcome: Side
    remarks: tuple[str, ...] = ()


COORDINATED = Side("R1", at_least=3)
SPONSORED = Side("P2", at_least=3)
HAS_STRATEGY = Side("S3", at_least=3)
FORMALISED = Side("S4", at_least=2)
"""At least two of the four marks of a formalised strategy: our choice."""

PAIRS = (
    Pair(COORDINATED, HAS_STRATEGY),
    Pair(COORDINATED, FORMALISED),
    Pair(SPONSORED, HAS_STRATEGY),
    Pair(SPONSORED, FORMALISED, (DELIBERATION_IN_BOTH,)),
)


@dataclass(frozen=True, slots=True)
class Association:
    """One pair: its 2 × 2 table, what it allows to say, and the detail by points.

    `detail` crosses the points of both questions; `detail_test` is its test.
    """

    pair: Pair
    table: Table
    finding: Finding
    detail: Table
    detail_test: Test | None


def facilitators(
    grid: Grid,
    answers: Sequence[Answers],
    pairs: Sequence[Pair] = PAIRS,
    alpha: float = ALPHA,
) -> tuple[Association, ...]:
    """Cross each pair, one answer per territory; p adjusted for the number of pairs.

    A pair with a missing answer is left out of its tables and counted there.

    >>> from jalons.analysis.scoring import Item, ScoreClass, Single
    >>> items = [Item(c, "d", 3, Single({"no": 0, "yes": 3})) for c in ("R1", "S3")]
    >>> grid = Grid(items, (ScoreClass("all", 0, 6),), total=6)
    >>> answers = [{"R1": "yes", "S3": "yes"}, {"R1": "no", "S3": "no"}, {"R1": "no"}]
    >>> found = facilitators(grid, answers, PAIRS[:1])[0]
    >>> found.table.counts.tolist(), found.table.left_out
    ([[1, 0], [0, 1]], 1)
    """
    tables = [_yes_no(grid, answers, pair) for pair in pairs]
    findings = adjusted([compare(table, alpha) for table in tables], alpha)
    associations = []
    for pair, table, finding in zip(pairs, tables, findings, strict=True):
        detail = _by_points(grid, answers, pair)
        test = independence(detail)
        associations.append(Association(pair, table, finding, detail, test))
    return tuple(associations)


def _known_points(
    grid: Grid, answers: Sequence[Answers], code: str
) -> list[int | None]:
    item = grid.item(code)
    if item is None:
        raise ValueError(f"the grid has no question {code}")
    lines = [points(grid, item, one) for one in answers]
    return [None if line.state == "missing" else line.low for line in lines]


def _yes_no(grid: Grid, answers: Sequence[Answers], pair: Pair) -> Table:
    sides = []
    for side in (pair.facilitator, pair.outcome):
        known = _known_points(grid, answers, side.code)
        sides.append(
            [None if p is None else YES if p >= side.at_least else NO for p in known]
        )
    return crosstab(sides[0], sides[1], (YES, NO), (YES, NO))


def _by_points(grid: Grid, answers: Sequence[Answers], pair: Pair) -> Table:
    sides, orders = [], []
    for side in (pair.facilitator, pair.outcome):
        known = _known_points(grid, answers, side.code)
        sides.append([None if p is None else str(p) for p in known])
        orders.append([str(p) for p in sorted({p for p in known if p is not None})])
    return crosstab(sides[0], sides[1], orders[0], orders[1])
