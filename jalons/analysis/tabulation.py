"""Any variable by any other, of respondents: counts, weighted shares, intervals, tests.

A variable is a mask per category: one answer (each respondent in one category at most)
or several (boxes to tick). Counts of a table are then one product of masks. The base of
a row is the respondents of the row who answered the columns' question.

* Share: weighted count / weighted base; without weights, count / base.
* Interval: territories are drawn again with replacement (bootstrap by cluster, as
  `intervals.cluster_bootstrap`, the same draws for all rows) when some territory
  answered several times, never narrower than Wilson's for as many independent answers,
  nor, when all answers of a row are alike, than Wilson's for as many territories; with
  weights, Wilson's for Kish's effective number of the row.
* Test: exact or χ² (`independence`); with weights, or several answers about one
  territory, `independence_by_design`. With boxes to tick, one test per box. Rows that
  overlap cannot be tested.

`plain_counts` is the readable reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.independence import Test, independence_of
from jalons.analysis.independence_by_design import independence_by_design
from jalons.analysis.intervals import CONFIDENCE, DRAWS
from jalons.analysis.weighting import effective_size

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Axis:
    """The categories of a variable as masks, shape (categories, respondents)."""

    labels: tuple[str, ...]
    masks: Mask
    answered: Mask
    is_multiple: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by columns of the respondents kept.

    `counts` and `bases` are persons; `shares` and the bounds are NaN in an empty row.
    `effective` is the effective number of each row. `left_out` counts respondents kept
    for whom the rows or the columns are not known.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: NDArray[np.int64]
    bases: NDArray[np.int64]
    shares: Numbers
    low: Numbers
    high: Numbers
    effective: Numbers
    n: int
    left_out: int
    is_clustered: bool
    tests: tuple[Test | None, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The respondents of a table, as a test takes them."""

    rows: Mask
    columns: Mask
    clusters: NDArray[np.integer]
    weights: Numbers | None
    is_clustered: bool


def axis(labels: Sequence[str], positions: NDArray[np.integer]) -> Axis:
    """A variable with one category each; -1 is unknown.

    >>> axis(["a", "b"], np.array([0, 1, -1])).masks.astype(int).tolist()
    [[1, 0, 0], [0, 1, 0]]
    """
    masks = positions == np.arange(len(labels))[:, None]
    return Axis(tuple(labels), masks, positions >= 0)


def tabulate(
    rows: Axis,
    columns: Axis,
    kept: Mask,
    clusters: NDArray[np.integer],
    *,
    weights: Numbers | None = None,
    seed: int,
) -> Table:
    """Cross two variables among the respondents kept.

    >>> sex = axis(["f", "m"], np.array([0, 0, 1, 1]))
    >>> yes = axis(["yes"], np.array([0, -1, 0, 0]))
    >>> every, alone = np.ones(4, bool), np.arange(4)
    >>> found = tabulate(sex, yes, every, alone, seed=1)
    >>> found.counts.tolist(), found.bases.tolist(), found.left_out
    ([[1], [2]], [1, 2], 1)
    """
    base = kept & rows.answered & columns.answered
    if weights is not None:
        base &= weights > 0
    inside = np.nonzero(base)[0]
    in_rows, in_columns = rows.masks[:, inside], columns.masks[:, inside]
    given = np.ones(len(inside)) if weights is None else weights[inside]
    counts = _products(in_rows, in_columns, np.ones(len(inside)))
    weighted = counts if weights is None else _products(in_rows, in_columns, given)
    sums = in_rows @ given
    people = in_rows.sum(axis=1)
    shares = _shares(weighted, sums, counts, people)
    effective = np.array([effective_size(given[mask]) for mask in in_rows])
    low, high = _score_bounds(shares, effective)
    at, territories = _numbered(clusters[inside])
    is_clustered = territories < len(inside)
    if is_clustered:
        bases, hits = _by_cluster(in_rows, in_columns, given, at, territories)
        for bounds in (_bootstrap(bases, hits, seed), _alike(bases, shares)):
            low, high = np.fmin(low, bounds[0]), np.fmax(high, bounds[1])
    whole = counts.astype(np.int64)
    known = None if weights is None else given
    asked = _Asked(in_rows, in_columns, clusters[inside], known, is_clustered)
    return Table(
        rows.labels,
        columns.labels,
        whole,
        people,
        shares,
        low,
        high,
        effective,
        len(inside),
        int(kept.sum()) - len(inside),
        is_clustered,
        () if rows.is_multiple else _tests(asked, by_column=columns.is_multiple),
    )


def _products(rows: Mask, columns: Mask, weights: Numbers) -> Numbers:
    found: Numbers = (rows * weights) @ columns.T.astype(np.float64)
    return found


def _shares(
    weighted: Numbers, sums: Numbers, counts: Numbers, people: NDArray[np.int64]
) -> Numbers:
    """Shares of the weight of each row: exactly 0 or 1 when its people are alike.

    Weights summed in another order may miss 1 by a rounding.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Numbers = weighted / sums[:, None]
    found[(people[:, None] > 0) & (counts == 0)] = 0.0
    found[(people[:, None] > 0) & (counts == people[:, None])] = 1.0
    return found


def _score_bounds(shares: Numbers, effective: Numbers) -> tuple[Numbers, Numbers]:
    """Wilson's interval for the effective number of each row, cell by cell."""
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    size = np.where(effective > 0, effective, np.nan)[:, None]
    middle = (shares + z * z / (2 * size)) / (1 + z * z / size)
    spread = np.sqrt(
        np.maximum(shares * (1 - shares), 0) / size + (z / (2 * size)) ** 2
    )
    half = z * spread / (1 + z * z / size)
    low = np.where(shares <= 0, 0.0, np.maximum(middle - half, 0))
    high = np.where(shares >= 1, 1.0, np.minimum(middle + half, 1))
    hole = np.isnan(shares)
    return np.where(hole, np.nan, low), np.where(hole, np.nan, high)


def _alike(bases: Numbers, shares: Numbers) -> tuple[Numbers, Numbers]:
    """Bounds of the shares of 0 and 1: drawing again would give them no width."""
    found = _score_bounds(shares, (bases > 0).sum(axis=1).astype(np.float64))
    is_alike = (shares <= 0) | (shares >= 1)
    low, high = (np.where(is_alike, one, np.nan) for one in found)
    return low, high


def _bootstrap(bases: Numbers, hits: Numbers, seed: int) -> tuple[Numbers, Numbers]:
    """Percentiles of each share when territories are drawn again."""
    size = bases.shape[1]
    times = resamples(size, seed)
    totals = times @ bases.T
    drawn = (times @ hits.reshape(-1, size).T).reshape(len(times), *hits.shape[:2])
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn /= totals[:, :, None]
    return _percentiles(drawn, totals > 0)


def _percentiles(drawn: Numbers, known: Mask) -> tuple[Numbers, Numbers]:
    """Bounds of each share over the draws in which its row is not empty."""
    tail = (1 - CONFIDENCE) / 2
    bounds = np.full((2, *drawn.shape[1:]), np.nan)
    for at in np.nonzero(known.any(axis=0))[0]:
        row = drawn[:, at] if known[:, at].all() else drawn[known[:, at], at]
        bounds[:, at] = np.quantile(row, [tail, 1 - tail], axis=0)
    return bounds[0], bounds[1]


def _numbered(clusters: NDArray[np.integer]) -> tuple[NDArray[np.intp], int]:
    """The territories met, numbered from zero, and how many there are."""
    met = np.bincount(clusters) > 0
    numbers: NDArray[np.intp] = np.cumsum(met) - 1
    return numbers[clusters], int(met.sum())


def _by_cluster(
    rows: Mask,
    columns: Mask,
    weights: Numbers,
    clusters: NDArray[np.intp],
    size: int,
) -> tuple[Numbers, Numbers]:
    """Weight of each row, and of each row and column, in each territory.

    Rows that do not overlap are summed in one pass: their number and that of the
    territory make one code.
    """
    if (rows.sum(axis=0) > 1).any():
        parts = [
            _by_cluster(row[None], columns, weights, clusters, size) for row in rows
        ]
        bases, hits = zip(*parts, strict=True)
        return np.concatenate(bases), np.concatenate(hits)
    inside: Mask = np.any(rows, axis=0)
    codes = rows.argmax(axis=0) * size + clusters
    shape = (len(rows), size)

    def summed(mask: Mask) -> Numbers:
        found = np.bincount(codes[mask], weights[mask], minlength=len(rows) * size)
        return found.reshape(shape).astype(np.float64)

    every = [summed(inside & mask) for mask in columns]
    return summed(inside), np.stack(every, axis=1)


@lru_cache(maxsize=8)
def resamples(count: int, seed: int) -> Numbers:
    """How many times each of `count` territories is drawn, kept for the next table."""
    rng = np.random.default_rng(seed)
    times = rng.multinomial(count, np.full(count, 1 / count), DRAWS).astype(float)
    times.flags.writeable = False
    return times


def _tests(design: _Asked, *, by_column: bool) -> tuple[Test | None, ...]:
    """One test of the whole table, or one for each box to tick."""
    if not by_column:
        return (_test(design, design.columns),)
    return tuple(
        _test(design, np.stack([ticked, ~ticked])) for ticked in design.columns
    )


def _test(asked: _Asked, columns: Mask) -> Test | None:
    if asked.weights is None and not asked.is_clustered:
        return independence_of(asked.rows.astype(np.int64) @ columns.T)
    return independence_by_design(asked.rows, columns, asked.clusters, asked.weights)


def plain_counts(
    rows: Sequence[frozenset[str]],
    columns: Sequence[frozenset[str]],
    weights: Sequence[float],
) -> dict[tuple[str, str], tuple[int, float]]:
    """Count and weight of each pair of categories, one respondent at a time.

    >>> plain_counts([frozenset("a")], [frozenset("xy")], [2.0])[("a", "y")]
    (1, 2.0)
    """
    found: dict[tuple[str, str], tuple[int, float]] = {}
    for ours, theirs, weight in zip(rows, columns, weights, strict=True):
        for row in ours:
            for column in theirs:
                n, total = found.get((row, column), (0, 0.0))
                found[row, column] = n + 1, total + weight
    return found
