"""Any variable by any other, of respondents: counts, weighted shares, intervals, tests.

A variable is a mask per category: one answer (each respondent in one category at most)
or several (boxes to tick). Counts of a table are then one product of masks. The base of
a row is the respondents of the row who answered the columns' question.

* Share: weighted count / weighted base; without weights, count / base.
* Interval of a row: `clustered` where some territory answered several times, or where
  weights differ; else Wilson's.
* Test: exact or χ² (`independence`); with weights, or several answers about one
  territory, `independence_by_design`. With boxes to tick, one test per box. Rows that
  overlap cannot be tested.

`plain_counts` is the readable reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.clustered import clustered_bounds
from jalons.analysis.independence import Test, independence_of
from jalons.analysis.independence_by_design import independence_by_design
from jalons.analysis.intervals import score_bounds
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

    `counts` and `bases` are persons; `shares` and the bounds are NaN in an empty row,
    and the bounds in a row of which one territory answered for all.
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
) -> Table:
    """Cross two variables among the respondents kept.

    >>> sex = axis(["f", "m"], np.array([0, 0, 1, 1]))
    >>> yes = axis(["yes"], np.array([0, -1, 0, 0]))
    >>> every, alone = np.ones(4, bool), np.arange(4)
    >>> found = tabulate(sex, yes, every, alone)
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
    low, high = score_bounds(shares, effective)
    at, territories = _numbered(clusters[inside])
    is_clustered = territories < len(inside)
    if is_clustered or weights is not None:
        bases, hits = _by_cluster(in_rows, in_columns, given, at, territories)
        low, high = clustered_bounds(
            shares, bases, hits, people=people, effective=effective
        )
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
