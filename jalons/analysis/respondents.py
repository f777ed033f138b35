"""The respondents of many territories combined at once, from encoded answers.

The same numbers as `scoring.combine` and `scoring.stability`, which are the plain
reference: the median of the totals of each territory, weighted or not, or the most that
anyone reported for each question. Both are tested equal on random answers. A hundred
thousand answers take a tenth of a second, where one object an answer takes several.

Medians are read in answers sorted by territory, then by points. A weighted median is
the value where half of the weight of its territory is passed, or the mean of the two
values between which the half falls, to one part in a thousand million, as for
`math.isclose`. Where all those who answered weigh nothing they count alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.codes import Codes, ScoreArrays, lines_matrix, score_matrix
from jalons.analysis.grid import Grid
from jalons.analysis.scoring import Combined, Range

Whole = NDArray[np.integer]
Real = NDArray[np.float64]
Values = NDArray[Any]
Way = Literal["median", "weighted", "maximum"]

NEAR = 1e-9
"""Two weights as near as this, in proportion, are equal."""


@dataclass(frozen=True, slots=True)
class Respondents:
    """Encoded answers; `places[i]` is the number of the territory of answer `i`.

    `weights` holds one weight per answer; without them, all count alike.
    """

    codes: Codes
    places: Whole
    weights: Real | None = None


@dataclass(frozen=True, slots=True)
class _Groups:
    """Answers sorted by territory: who they are, where each begins, how many."""

    order: Whole
    places: Whole
    starts: Whole
    counts: Whole
    weights: Real | None

    @classmethod
    def of(cls, places: Whole, weights: Real | None = None) -> _Groups:
        order = np.argsort(places, kind="stable")
        found, starts, counts = np.unique(
            places[order], return_index=True, return_counts=True
        )
        return cls(order, found, starts, counts, weights)

    def least(self, values: Whole) -> Whole:
        """The least value of each territory; of each row, if there are several."""
        found: Whole = np.minimum.reduceat(values[..., self.order], self.starts, -1)
        return found

    def most(self, values: Whole) -> Whole:
        found: Whole = np.maximum.reduceat(values[..., self.order], self.starts, -1)
        return found

    def middles(self, values: Values) -> tuple[Values, Values]:
        """The two values whose mean is the median of each territory."""
        inside = np.repeat(np.arange(len(self.places)), self.counts)
        sorts = np.lexsort((values[self.order], inside))
        ordered = values[self.order][sorts]
        if self.weights is None:
            first = self.starts + (self.counts - 1) // 2
            return ordered[first], ordered[self.starts + self.counts // 2]
        return self._weighted(ordered, self.weights[self.order][sorts], inside)

    def _weighted(
        self, ordered: Values, weights: Real, inside: Whole
    ) -> tuple[Values, Values]:
        sums = np.add.reduceat(weights, self.starts)
        weights = np.where(sums[inside] > 0, weights, 1.0)
        counted = weights > 0
        ordered, weights, inside = ordered[counted], weights[counted], inside[counted]
        starts = np.searchsorted(inside, np.arange(len(self.places)))
        below = np.cumsum(weights)
        below -= np.append(0.0, below)[starts][inside]
        half = np.add.reduceat(weights, starts)[inside] / 2
        is_near = np.abs(below - half) <= NEAR * np.maximum(below, half)
        reached = np.flatnonzero(is_near | (below > half))
        first = reached[np.searchsorted(reached, starts)]
        return ordered[first], ordered[first + is_near[first]]

    def medians(self, values: Values) -> list[float]:
        low, high = self.middles(values)
        found: list[float] = ((low.astype(float) + high) / 2).tolist()
        return found


def medians(places: Whole, values: Values) -> dict[int, float]:
    """The median of the values of each territory; `statistics.median` is the reference.

    >>> medians(np.array([3, 3, 5]), np.array([1.0, 2.0, 7.0]))
    {3: 1.5, 5: 7.0}
    """
    groups = _Groups.of(places)
    return dict(zip(groups.places.tolist(), groups.medians(values), strict=True))


def combined(grid: Grid, given: Respondents, way: Way) -> dict[int, Combined]:
    """The respondents of each territory combined; `scoring.combine` is the reference.

    >>> from jalons.analysis.codes import encode
    >>> from jalons.analysis.grid import Item, ScoreClass, Single
    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> grid = Grid([item], (ScoreClass("all", 0, 3),), total=3)
    >>> codes = encode(grid, [{"P2": "yes"}, {"P2": "no"}])
    >>> found = combined(grid, Respondents(codes, np.array([8, 8])), "median")
    >>> found[8].low, found[8].n
    (1.5, 2)
    """
    if not len(given.codes):
        return {}
    scores = score_matrix(grid, given.codes)
    weights = given.weights if way == "weighted" else None
    groups = _Groups.of(given.places, weights)
    if way == "maximum":
        totals, parts = _most_reported(grid, given.codes, groups)
    else:
        totals, parts = _medians(scores, groups)
    dimensions = {name: list(map(Range, *both)) for name, both in parts.items()}
    rows = zip(
        groups.places.tolist(),
        *totals,
        groups.least(scores.low).tolist(),
        groups.most(scores.high).tolist(),
        groups.counts.tolist(),
        strict=True,
    )
    return {
        place: Combined(
            low,
            high,
            minimum,
            maximum,
            n,
            {name: column[at] for name, column in dimensions.items()},
            way,
        )
        for at, (place, low, high, minimum, maximum, n) in enumerate(rows)
    }


Bounds = tuple[list[float], list[float]]
"""Low and high points, by territory."""


def _medians(scores: ScoreArrays, groups: _Groups) -> tuple[Bounds, dict[str, Bounds]]:
    """The medians of the totals, then those of each dimension."""
    rows = zip(scores.dimension_low, scores.dimension_high, strict=True)
    parts = [(groups.medians(low), groups.medians(high)) for low, high in rows]
    totals = groups.medians(scores.low), groups.medians(scores.high)
    return totals, dict(zip(scores.dimensions, parts, strict=True))


def _most_reported(
    grid: Grid, codes: Codes, groups: _Groups
) -> tuple[Bounds, dict[str, Bounds]]:
    """The same of the answer made of the highest answers to each question."""
    low, high = (groups.most(lines) for lines in lines_matrix(grid, codes))
    names = np.array([item.dimension for item in grid.items])
    parts = {
        name: (_sums(low[names == name]), _sums(high[names == name]))
        for name in dict.fromkeys(names.tolist())
    }
    return (_sums(low), _sums(high)), parts


def _sums(lines: Whole) -> list[float]:
    found: list[float] = lines.sum(axis=0).tolist()
    return found


def deciding(grid: Grid, given: Respondents, way: Way) -> dict[int, tuple[str, ...]]:
    """The questions without which the class of a territory would be another one.

    `scoring.stability` is the reference: what is left of the points is brought back to
    the total of the grid before it is classed.
    """
    if not len(given.codes):
        return {}
    lines: Whole = lines_matrix(grid, given.codes)[0]
    weights = given.weights if way == "weighted" else None
    groups = _Groups.of(given.places, weights)
    places = groups.places.tolist()
    if way == "maximum":
        lines = groups.most(lines)
        groups = _Groups.of(np.arange(len(places)))
    totals = lines.sum(axis=0)
    whole = _classes(grid, *groups.middles(totals), left=grid.total)
    moved = [
        _classes(grid, *groups.middles(totals - line), left=grid.total - item.maximum)
        != whole
        for item, line in zip(grid.items, lines, strict=True)
    ]
    return {
        place: tuple(
            item.code
            for item, moves in zip(grid.items, moved, strict=True)
            if moves[at]
        )
        for at, place in enumerate(places)
    }


def _classes(grid: Grid, low: Whole, high: Whole, *, left: int) -> Whole:
    """The class of each median, once brought back from `left` points to the total."""
    if left == 0:
        raise ValueError("no question is left to give a total")
    # Multiplying first keeps whole results exact: no class limit is missed by a hair.
    medians = (low * grid.total / left + high * grid.total / left) / 2
    limits = [one.low for one in grid.classes[1:]]
    return np.searchsorted(limits, medians, side="right")


def discussed(grid: Grid, given: Respondents) -> dict[int, tuple[int, int]]:
    """By territory, the questions compared and those on which respondents differ.

    `concordance.concordance` is the reference: only answers whose points are known are
    compared, and two of them are needed.
    """
    if not len(given.codes):
        return {}
    low, high = lines_matrix(grid, given.codes)
    groups, is_known = _Groups.of(given.places), low == high
    known = np.add.reduceat(is_known[:, groups.order], groups.starts, 1, dtype=int)
    none = np.iinfo(np.int16)
    spread = groups.most(np.where(is_known, low, none.min)) != groups.least(
        np.where(is_known, low, none.max)
    )
    compared = known > 1
    rows = zip(
        groups.places.tolist(),
        compared.sum(axis=0).tolist(),
        (compared & spread).sum(axis=0).tolist(),
        strict=True,
    )
    return {place: (asked, apart) for place, asked, apart in rows}
