"""The figures of `reach` for millions of zones: no table of distances is ever made.

Points of the sphere are points of space, where a shorter chord is a shorter arc; their
shadows on a plane are cut in squares, and a shadow is never longer than its distance.

**Nearest**: places are sorted into squares of about one place; a zone looks at those
around its own, ring after ring, until none further can hold a nearer place. A chord is
known to a millionth of a millimetre, which is what differs from the haversine.

**E2SFCA** (see `reach`): zones are sorted into squares a quarter of the last ring wide,
so that a row of them is one slice. Each place adds up the people of the slices around
it, then each row what the places around offer: both steps measure distances again
rather than keep pairs.

These loops are in `catchment.c`. Where they are not built, `catchment_plain` says the
same; both give what `reach` gives on a whole table, which the tests and the benchmark
compare (1e-12, or a micrometre).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jalons.analysis import catchment_plain as plain
from jalons.analysis.distances import RADIUS_KM
from jalons.analysis.fast import Loop, compiled
from jalons.analysis.ranking import in_threads
from jalons.analysis.reach import RINGS, Array, Indices, Nearest, Ring, checked

BLOCK = 2**14
"""Points turned into space at a time: their coordinates stay near the processor."""
LANES = 8
"""Places that a loop looks at together, whether they are near or not."""
MOST_RINGS = 4
SQUARES_A_REACH = 4
PLACES_AT_A_TIME, ROWS_AT_A_TIME = 256, 4
LARGEST = 2**31 - 1
"""Squares and zones are numbered on 32 bits."""

Numbers = NDArray[np.int32]


def nearest_places(zones: ArrayLike, places: ArrayLike) -> Nearest:
    """The nearest place of each zone as the crow flies; of two at one point, the first.

    Rows are longitude, latitude. Without a place, the index is -1, the distance
    missing.

    >>> found = nearest_places([[0, 0], [0, 3]], [[0, 1], [0, 1], [0, 2]])
    >>> found.index.tolist(), found.km.round(1).tolist()
    ([0, 2], [111.2, 111.2])
    """
    here, there = _degrees(zones), _degrees(places)
    loop = compiled("nearest", len(here) * len(there))
    if loop is None:
        return plain.nearest_places(here, there)
    spots = _in_space(there)
    ground = _Ground.around(spots, len(there))
    spots, order, starts = ground.sorted(spots)
    x, y, z = (np.append(axis, np.full(LANES, np.inf)) for axis in spots.T)
    index = np.empty(len(here), dtype=np.int64)
    km = np.empty(len(here))

    def find(block: slice) -> None:
        points = _in_space(here[block])
        at, squared = index[block], km[block]
        size = (ground.columns, ground.rows)
        loop(points, len(points), x, y, z, starts, ground.plane, *size, at, squared)
        at[:] = order[at]
        chord = np.sqrt(squared)
        squared[:] = 2 * RADIUS_KM * np.arcsin(chord / (2 * RADIUS_KM))

    in_threads(find, _slices(len(here), BLOCK))
    return Nearest(index, km)


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
    here, there = _degrees(zones), _degrees(places)
    _check(here, people)
    _check(there, capacity)
    work = len(here) * len(there)
    demand, offered = compiled("demand", work), compiled("offered", work)
    if demand is None or offered is None or len(checked(rings)) > MOST_RINGS:
        return plain.catchment(here, there, people, capacity, rings)
    chords = [
        2 * RADIUS_KM * np.sin(ring.within_km / (2 * RADIUS_KM)) for ring in rings
    ]
    ground = _Ground.around(_ends(here, there), 4 * len(here), max(chords))
    sorted_zones = _Zones.of(ground, here, np.asarray(people, dtype=np.float64))
    spots, order, _starts = ground.sorted(_in_space(there))
    given = np.asarray(capacity, dtype=np.float64)[order]
    discs = _Discs.of(rings, chords)
    sums = _demanded(demand, ground, sorted_zones, discs, spots)
    share = np.divide(given, sums, out=np.zeros_like(given), where=sums > 0)
    in_row = ground.row_starts(spots)
    offer = np.zeros(len(here))

    def add(rows: slice) -> None:
        offered(
            *(sorted_zones.x, sorted_zones.y, sorted_zones.z, sorted_zones.starts),
            *(ground.plane, ground.columns, ground.rows, discs.limits, discs.weights),
            *(spots, in_row, share, rows.start, rows.stop, offer),
        )

    in_threads(add, _slices(ground.rows, ROWS_AT_A_TIME))
    return sorted_zones.back(offer)


def _demanded(
    loop: Loop, ground: _Ground, zones: _Zones, discs: _Discs, spots: Array
) -> Array:
    """The people around each place, by their weights."""
    sums = np.zeros(len(spots))

    def add(places: slice) -> None:
        loop(
            *(zones.x, zones.y, zones.z, zones.people, zones.starts),
            *(ground.plane, ground.columns, ground.rows, discs.limits, discs.weights),
            *(spots, places.start, places.stop, sums),
        )

    in_threads(add, _slices(len(spots), PLACES_AT_A_TIME))
    return sums


@dataclass(frozen=True, slots=True)
class _Ground:
    """A plane under some points, cut in squares; `plane` as `catchment.c` reads it."""

    plane: Array
    columns: int
    rows: int

    @classmethod
    def around(cls, points: Array, most: int, reach: float = 0) -> _Ground:
        """About `most` squares, or of a quarter of `reach`, the larger ones."""
        up = points.mean(axis=0) if len(points) else np.array([0, 0, 1.0])
        along = np.cross(up, [0, 0, 1.0] if abs(up[2]) < abs(up).max() else [1.0, 0, 0])
        axes = np.stack([along, np.cross(up, along)])
        axes /= np.maximum(np.linalg.norm(axes, axis=1, keepdims=True), 1e-300)
        shadow = points @ axes.T
        low, high = shadow.min(axis=0), shadow.max(axis=0)
        side = max(
            np.sqrt(np.prod(high - low + 1e-6) / max(most, 1)),
            reach / SQUARES_A_REACH,
            (high - low).max() / max(most, 1),
        )
        columns, rows = (np.floor((high - low) / side).astype(int) + 1).tolist()
        return cls(np.concatenate([axes.ravel(), low, [side]]), columns, rows)

    def squares(self, points: Array, out: Numbers) -> None:
        loop = _loop("square_of")
        loop(points, len(points), self.plane, self.columns, self.rows, out)

    def places(self, squares: Numbers) -> tuple[Numbers, Numbers]:
        """Where each point goes once sorted, and where each square starts."""
        starts = np.zeros(self.columns * self.rows + 1, dtype=np.int32)
        place = np.empty_like(squares)
        _loop("sort_squares")(squares, len(squares), len(starts) - 1, starts, place)
        return place, starts

    def sorted(self, points: Array) -> tuple[Array, Indices, Numbers]:
        """Points in the order of the squares, their numbers, where squares start."""
        squares = np.empty(len(points), dtype=np.int32)
        self.squares(points, squares)
        place, starts = self.places(squares)
        order = np.empty(len(points), dtype=np.int64)
        order[place] = np.arange(len(points))
        return np.ascontiguousarray(points[order]), order, starts

    def row_starts(self, points: Array) -> Numbers:
        """The first of the sorted points of each row of squares."""
        _points, _order, starts = self.sorted(points)
        return np.ascontiguousarray(starts[:: self.columns])


@dataclass(frozen=True, slots=True)
class _Zones:
    """Zones in the order of the squares, one array a coordinate."""

    x: Array
    y: Array
    z: Array
    people: Array
    starts: Numbers
    place: Numbers

    @classmethod
    def of(cls, ground: _Ground, degrees: Array, people: Array) -> _Zones:
        """In two readings, so that unsorted coordinates are never kept."""
        squares = np.empty(len(degrees), dtype=np.int32)
        parts = _slices(len(degrees), BLOCK)
        in_threads(
            lambda part: ground.squares(_in_space(degrees[part]), squares[part]), parts
        )
        place, starts = ground.places(squares)
        x, y, z, persons = (np.empty(len(degrees)) for _ in range(4))
        put = _loop("put_in_order")

        def write(part: slice) -> None:
            points = _in_space(degrees[part])
            given = np.ascontiguousarray(people[part])
            put(points, given, place[part], len(points), x, y, z, persons)

        in_threads(write, parts)
        return cls(x, y, z, persons, starts, place)

    def back(self, values: Array) -> Array:
        """Values of sorted zones, in the order the zones were given in."""
        found = np.empty_like(values)

        def write(part: slice) -> None:
            of = self.place[part]
            _loop("put_back")(values, of, len(of), found[part])

        in_threads(write, _slices(len(values), 8 * BLOCK))
        return found


@dataclass(frozen=True, slots=True)
class _Discs:
    """Squared chord and weight of each ring; the last one fills up to four."""

    limits: Array
    weights: Array

    @classmethod
    def of(cls, rings: Sequence[Ring], chords: Sequence[float]) -> _Discs:
        more = MOST_RINGS - len(rings)
        limits = [chord * chord for chord in chords]
        weights = [ring.weight for ring in rings]
        limits += limits[-1:] * more
        return cls(np.array(limits), np.array(weights + weights[-1:] * more))


def _loop(name: str) -> Loop:
    """A loop that was found to be built."""
    loop = compiled(name, LARGEST)
    if loop is None:
        raise RuntimeError(name)
    return loop


def _slices(n: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def _ends(zones: Array, places: Array) -> Array:
    """Points of space whose plane and borders suit all of them: a lattice around."""
    both = [points for points in (zones, places) if len(points)]
    low = np.min([points.min(axis=0) for points in both], axis=0)
    high = np.max([points.max(axis=0) for points in both], axis=0)
    east, north = np.meshgrid(*np.linspace(low, high, 9).T)
    return _in_space(np.column_stack([east.ravel(), north.ravel()]))


def _degrees(points: ArrayLike) -> Array:
    """Longitudes and latitudes, all known; raises ValueError."""
    found = np.reshape(np.asarray(points, dtype=np.float64), (-1, 2))
    if not np.isfinite(found.sum()):
        raise ValueError("a point without coordinates")
    return found


def _check(points: Array, numbers: ArrayLike) -> None:
    if np.shape(numbers) != (len(points),):
        raise ValueError("one number for each point is needed")


def _in_space(degrees: Array) -> Array:
    """Points of the sphere in kilometres of space."""
    east, north = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    flat = np.cos(north) * RADIUS_KM
    found = np.empty((len(degrees), 3))
    np.multiply(flat, np.cos(east), out=found[:, 0])
    np.multiply(flat, np.sin(east), out=found[:, 1])
    np.multiply(np.sin(north), RADIUS_KM, out=found[:, 2])
    return found
