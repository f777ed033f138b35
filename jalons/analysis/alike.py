"""The territories most alike to each of a table: `peers.nearest` for all of them at once.

The squared distance Σ w (x − y)² / Σ w over what both know is opened into products,
Σ w x² + Σ w y² − 2 Σ w x y, so that a block of rows is compared with all by one product
of matrices. Opened so, the last digits are lost: these distances only choose candidates.
Columns are read by tiles of 64; the five smallest of a row stand in the tiles of the
eight smallest minima, unless the eighth minimum does not exceed the fifth distance by
more than what is lost: that row is then read whole, as `peers` does. Candidates are
measured again by differences, as `peers` does, and put in its order.

Equal to `peers.nearest`, code by code, which the tests compare. 35 000 territories are
1.2 thousand million pairs: seconds, and some hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.observations import Array, Figures
from jalons.analysis.peers import COUNT, LEAST_SHARED, Criterion, standardised
from jalons.analysis.ranking import in_threads

ROWS, TILE, TILES = 128, 64, 8
LOST = 1e-6
"""Of a squared distance: what opening the square may lose, amply."""
FAR_AWAY = np.inf
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """A row a territory: rows of its peers, the nearest first (−1 for want of one),
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
    weights = np.array([one.weight for one in criteria])
    n = len(table)
    peers = np.full((n, count), -1, dtype=np.intp)
    distances = np.full((n, count), np.nan)
    place = np.empty(n, dtype=np.intp)
    place[np.argsort(np.array(figures.codes))] = np.arange(n)
    pairs = _Pairs.of(table, weights)

    def find(block: slice) -> None:
        for at, candidates in zip(
            range(block.start, block.stop), pairs.candidates(block, count), strict=True
        ):
            apart = _distances(table[candidates] - table[at], weights)
            apart[candidates == at] = np.nan
            known = np.flatnonzero(~np.isnan(apart))
            to = candidates[known]
            order = np.lexsort((place[to], apart[known].round(9)))[:count]
            peers[at, : len(order)] = to[order]
            distances[at, : len(order)] = apart[known][order]

    in_threads(find, [slice(at, min(at + ROWS, n)) for at in range(0, n, ROWS)])
    return Alike(figures.codes, peers, distances)


def _distances(differences: Array, weights: Array) -> Array:
    """As `peers` measures: NaN when too little is known on both sides."""
    shared = ~np.isnan(differences) @ weights
    squares = np.nan_to_num(differences) ** 2 @ weights
    enough = shared >= LEAST_SHARED * weights.sum()
    with np.errstate(invalid="ignore"):
        found: Array = np.where(enough, np.sqrt(squares / shared), np.nan)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Both sides of the products; columns are filled up to whole tiles."""

    rows: Array
    columns: Array
    known_rows: Array
    known_columns: Array
    least: float
    n: int

    @classmethod
    def of(cls, table: Array, weights: Array) -> _Pairs:
        known = (~np.isnan(table)).astype(np.float64)
        values = np.nan_to_num(table)
        n, filled = len(table), -(-len(table) // TILE) * TILE
        columns = np.zeros((filled, 3 * table.shape[1]))
        columns[:n] = np.hstack([known, values**2, values])
        known_columns = np.zeros((filled, table.shape[1]))
        known_columns[:n] = known
        rows = np.hstack([values**2 * weights, known * weights, -2 * values * weights])
        least = LEAST_SHARED * weights.sum()
        return cls(rows, columns.T, known * weights, known_columns.T, least, n)

    def candidates(self, block: slice, count: int) -> list[Indices]:
        """For each row, where its nearest stand: some tiles, or everybody."""
        squared = self._squared(block)
        tiles = squared.reshape(len(squared), -1, TILE)
        least = tiles.min(axis=2)
        if least.shape[1] <= TILES:
            return [np.arange(self.n)] * len(squared)
        best = np.argpartition(least, TILES - 1, axis=1)[:, :TILES]
        inside = np.arange(TILE)
        found = []
        for at, chosen in enumerate(best):
            near = (chosen[:, None] * TILE + inside).ravel()
            last = np.partition(squared[at, near], count - 1)[count - 1]
            worst = least[at, chosen].max()
            # Beyond the worst of the chosen tiles, nothing nearer than it.
            is_sure = last + LOST * (1 + last) < worst
            found.append(near[near < self.n] if is_sure else np.arange(self.n))
        return found

    def _squared(self, block: slice) -> Array:
        squared: Array = self.rows[block] @ self.columns
        shared: Array = self.known_rows[block] @ self.known_columns
        with np.errstate(divide="ignore", invalid="ignore"):
            squared /= shared
        squared[shared < self.least] = FAR_AWAY
        own = np.arange(block.start, block.stop)
        squared[own - block.start, own] = FAR_AWAY
        return squared
