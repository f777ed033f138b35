"""The territories most alike to each of a table: `peers.nearest`, for all at once.

Territories are gathered by what is known of them. Between two such groups the distance
is that of points of space, on the criteria known in both, each stretched by the root of
its share of their weight: a k-d tree (Bentley 1975, doi:10.1145/361002.361007) gives
the `NEAREST` of each. Those of every group are then measured by differences and put in
the order of `peers`. When the last one kept is no nearer than the furthest that a tree
gave, a tie may hide behind it: that row is measured against everybody.

Equal to `peers.nearest`, code by code, which the tests compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.observations import Array, Figures
from jalons.analysis.peers import COUNT, LEAST_SHARED, Criterion, standardised

NEAREST = 16
"""Given by each tree: more than the peers, so that few rows are measured whole."""
LOST = 1e-9
"""Rounded so by `peers`: nearer than that is a tie."""
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """A row a territory: rows of its peers, the nearest first (-1 for want of one),
    and their distances."""

    codes: tuple[str, ...]
    peers: Indices
    distances: Array

    def of(self, at: int) -> list[tuple[str, float]]:
        """The peers of one row, by code."""
        pairs = zip(self.peers[at].tolist(), self.distances[at].tolist(), strict=True)
        return [(self.codes[to], far) for to, far in pairs if to >= 0]


def peers_of_all(
    figures: Figures, criteria: Sequence[Criterion], count: int = COUNT
) -> Alike:
    """The `count` peers of every territory of a table, ties by code.

    >>> figures = Figures(("a", "b", "c"), ("income", "age"),
    ...                   [[20, 30], [21, 30], [30, 10]], [1, 1, 1])
    >>> found = peers_of_all(figures, [Criterion("income"), Criterion("age")], 1)
    >>> [found.of(at)[0][0] for at in range(3)]
    ['b', 'a', 'b']
    """
    table = np.column_stack([standardised(figures, one) for one in criteria])
    weights = np.array([one.weight for one in criteria], dtype=np.float64)
    n = len(table)
    peers = np.full((n, count), -1, dtype=np.intp)
    distances = np.full((n, count), np.nan)
    place = np.empty(n, dtype=np.intp)
    place[np.argsort(np.array(figures.codes))] = np.arange(n)
    for rows, candidates, sure in _candidates(table, weights):
        found, apart = _first(table, weights, place, rows, candidates, count)
        peers[rows], distances[rows] = found, apart
        for at in rows[~(apart[:, -1] + LOST < sure)]:
            whole = np.arange(n)[None, :]
            one, far = _first(table, weights, place, at[None], whole, count)
            peers[at], distances[at] = one[0], far[0]
    return Alike(figures.codes, peers, distances)


def _candidates(
    table: Array, weights: Array
) -> Iterator[tuple[Indices, Indices, Array]]:
    """Rows of one group, where their nearest stand (-1 for nobody), and a distance
    beyond which others may."""
    from scipy.spatial import KDTree

    known = ~np.isnan(table)
    masks, of = np.unique(known, axis=0, return_inverse=True)
    groups = [np.flatnonzero(of.ravel() == at) for at in range(len(masks))]
    for mine, rows in zip(masks, groups, strict=True):
        near = [np.full((len(rows), 1), -1, dtype=np.intp)]
        sure = np.full(len(rows), np.inf)
        for theirs, others in zip(masks, groups, strict=True):
            both = mine & theirs
            if weights[both].sum() < LEAST_SHARED * weights.sum():
                continue
            stretch = np.sqrt(weights[both] / weights[both].sum())
            tree = KDTree(table[others][:, both] * stretch)
            k = min(NEAREST, len(others))
            far, at = tree.query(
                table[rows][:, both] * stretch, list(range(1, k + 1)), workers=-1
            )
            near.append(others[at])
            if k < len(others):
                sure = np.minimum(sure, far[:, -1])
        yield rows, np.hstack(near), sure


def _first(
    table: Array,
    weights: Array,
    place: Indices,
    rows: Indices,
    candidates: Indices,
    count: int,
) -> tuple[Indices, Array]:
    """The first of the candidates of each row, in the order of `peers`."""
    differences = table[candidates] - table[rows][:, None, :]
    shared = ~np.isnan(differences) @ weights
    squares = np.nan_to_num(differences) ** 2 @ weights
    out = (shared < LEAST_SHARED * weights.sum()) | (candidates == rows[:, None])
    out |= candidates < 0
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.where(out, np.inf, np.sqrt(squares / shared))
    width = min(count, candidates.shape[1])
    order = np.lexsort((place[candidates], apart.round(9)))[:, :width]
    found = np.full((len(rows), count), -1, dtype=np.intp)
    far = np.full((len(rows), count), np.nan)
    found[:, :width] = np.take_along_axis(candidates, order, axis=1)
    far[:, :width] = np.take_along_axis(apart, order, axis=1)
    found[~(far < np.inf)] = -1
    far[found < 0] = np.nan
    return found, far
