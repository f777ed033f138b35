"""What `catchment` gives, with SciPy and NumPy alone: the reference of its loops.

**Nearest**: a k-d tree of the places (SciPy) answers for each zone. **E2SFCA**: the
places of one square look at the slices around it, both steps in turn; distances are
those of a product of small matrices, in coordinates centred on the square, and only one
square is in memory. A weight is read from the number of discs that hold the distance.

Not valid across the 180th meridian, nor at the poles: the grid has borders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from jalons.analysis.distances import RADIUS_KM
from jalons.analysis.reach import RINGS, Array, Indices, Nearest, Ring, checked

CROWDED = 500
"""Zones in a square of the last ring from which it is worth cutting it in four: smaller
squares look less far in vain, larger ones are fewer. Measured by `benchmarks.reach`."""
ASIDE = 1 + 1e-9
"""A degree of longitude is shortest on the outermost parallel, to rounding."""


def nearest_places(zones: ArrayLike, places: ArrayLike) -> Nearest:
    """The nearest place of each zone as the crow flies; of two at one point, the first.

    Rows are longitude, latitude. Without a place, the index is -1, the distance
    missing.

    >>> found = nearest_places([[0, 0], [0, 3]], [[0, 1], [0, 1], [0, 2]])
    >>> found.index.tolist(), found.km.round(1).tolist()
    ([0, 2], [111.2, 111.2])
    """
    # Half a second that only the first call pays.
    from scipy.spatial import cKDTree

    here, there = _degrees(zones), np.ascontiguousarray(_degrees(places))
    if not len(there):
        none = np.full(len(here), -1, dtype=np.int64)
        return Nearest(none, np.full(len(here), np.nan))
    # A pair of degrees as one complex number: sorted at once rather than by rows.
    _pairs, first = np.unique(there.view(np.complex128), return_index=True)
    tree = cKDTree(_in_space(there[first]))
    chords, found = tree.query(_in_space(here), workers=-1)
    km: Array = 2 * RADIUS_KM * np.arcsin(chords / (2 * RADIUS_KM))
    return Nearest(first[found].astype(np.int64), km)


def catchment(
    zones: ArrayLike,
    places: ArrayLike,
    people: ArrayLike,
    capacity: ArrayLike,
    rings: Sequence[Ring] = RINGS,
) -> Array:
    """What the places around offer to each zone, in capacity for one person (E2SFCA).

    Rings are in kilometres as the crow flies.

    >>> offer = catchment([[0, 0], [0, 0.07]], [[0, 0]], [100, 100], [1])
    >>> offer.round(5).tolist()
    [0.00704, 0.00296]
    """
    discs = _Discs.of(checked(rings))
    ground = _Ground.of(_degrees(zones), _degrees(places), rings[-1].within_km)
    persons = np.asarray(people, dtype=np.float64)[ground.order]
    supply = np.asarray(capacity, dtype=np.float64)
    offer = np.zeros(len(persons))
    for tile in ground.tiles():
        weights = _weights(tile, discs)
        demand = np.concatenate([persons[part] for part in tile.slices]) @ weights
        given = supply[tile.places]
        share = np.divide(given, demand, out=np.zeros_like(given), where=demand > 0)
        added = weights @ share
        at = 0
        for part in tile.slices:
            count = part.stop - part.start
            offer[part] += added[at : at + count]
            at += count
    found = np.empty_like(offer)
    found[ground.order] = offer
    return found


@dataclass(frozen=True, slots=True)
class _Tile:
    """The places of one square, and the zones of the squares around it.

    `zones` and `spots` are in kilometres of space, from the middle of the places.
    """

    places: Indices
    slices: list[slice]
    zones: Array
    spots: Array


@dataclass(frozen=True, slots=True)
class _Ground:
    """Zones in the order of the squares, row after row; `starts` of each square."""

    order: Indices
    starts: Indices
    zones: Array
    spots: Array
    squares: Indices
    columns: int
    rows: int
    across: int

    @classmethod
    def of(cls, zones: Array, places: Array, km: float) -> _Ground:
        both = np.concatenate([zones, places])
        degree = RADIUS_KM * np.radians(1)
        shrink = np.cos(np.radians(np.abs(both[:, 1]).max(initial=0.0)))
        scale = np.array([degree * shrink / ASIDE, degree]) / km
        low = both.min(axis=0) if len(both) else np.zeros(2)
        spread = both.max(axis=0) - low if len(both) else low
        across = 2 if len(zones) > CROWDED * np.prod(spread * scale + 1) else 1
        cells = np.floor((both - low) * scale * across).astype(np.int64)
        columns, rows = (int(n) + 1 for n in cells.max(axis=0, initial=0))
        number = cells[:, 1] * columns + cells[:, 0]
        mine, theirs = number[: len(zones)], number[len(zones) :]
        order = np.argsort(mine, kind="stable")
        counts = np.bincount(mine, minlength=rows * columns)
        starts = np.concatenate([[0], np.cumsum(counts)])
        return cls(
            order=order,
            starts=starts,
            zones=_in_space(zones[order]),
            spots=_in_space(places),
            squares=theirs,
            columns=columns,
            rows=rows,
            across=across,
        )

    def tiles(self) -> Iterator[_Tile]:
        """The squares that hold a place, one after the other."""
        order = np.argsort(self.squares, kind="stable")
        squares, starts = np.unique(self.squares[order], return_index=True)
        groups = np.split(order, starts[1:])
        for square, group in zip(squares.tolist(), groups, strict=False):
            slices = self._around(square)
            if slices:
                spots = self.spots[group]
                middle = spots.mean(axis=0)
                zones = np.concatenate([self.zones[part] for part in slices])
                yield _Tile(group, slices, zones - middle, spots - middle)

    def _around(self, square: int) -> list[slice]:
        """One slice for each row of squares near enough, those without zones apart."""
        row, column = divmod(square, self.columns)
        left = max(column - self.across, 0)
        right = min(column + self.across, self.columns - 1)
        found = []
        rows = range(
            max(row - self.across, 0), min(row + self.across, self.rows - 1) + 1
        )
        for line in rows:
            at = line * self.columns
            start, stop = self.starts[at + left], self.starts[at + right + 1]
            if start < stop:
                found.append(slice(int(start), int(stop)))
        return found


def _weights(tile: _Tile, discs: _Discs) -> Array:
    """Zones by places; a squared chord is |z|² + |p|² − 2 z·p, here in one product."""
    zones, spots = tile.zones, tile.spots
    far = np.einsum("ij,ij->i", zones, zones)
    out = np.einsum("ij,ij->i", spots, spots)
    left = np.column_stack([zones, far, np.ones(len(zones))])
    right = np.column_stack([-2 * spots, np.ones(len(spots)), out])
    squared = left @ right.T
    held = np.zeros(squared.shape, dtype=np.uint8)
    for limit in discs.limits:
        held += (squared <= limit).view(np.uint8)
    found: Array = discs.weights[held]
    return found


@dataclass(frozen=True, slots=True)
class _Discs:
    """Squared chord of each ring; the weight of a distance held by so many discs."""

    limits: tuple[float, ...]
    weights: Array

    @classmethod
    def of(cls, rings: Sequence[Ring]) -> _Discs:
        chords = (
            2 * RADIUS_KM * np.sin(ring.within_km / (2 * RADIUS_KM)) for ring in rings
        )
        weights = [0.0, *(ring.weight for ring in reversed(rings))]
        return cls(tuple(float(chord) ** 2 for chord in chords), np.array(weights))


def _degrees(points: ArrayLike) -> Array:
    return np.reshape(np.asarray(points, dtype=np.float64), (-1, 2))


def _in_space(degrees: Array) -> Array:
    """Points of the sphere in kilometres of space."""
    east, north = np.radians(degrees).T
    flat = np.cos(north)
    found = np.column_stack([flat * np.cos(east), flat * np.sin(east), np.sin(north)])
    return found * RADIUS_KM
