"""Who can reach what: distance to the nearest place, and places shared by people.

**Nearest**: index and distance, as the crow flies, of the place nearest to each zone
(sphere of mean radius, see `distances`).

**E2SFCA**, the enhanced two-step floating catchment area (W. Luo and Y. Qi, 2009,
Health & Place 15, 1100-1107, doi:10.1016/j.healthplace.2009.06.002). First step: each
place shares its capacity between the people around it, the nearer counting more,
R_j = S_j / Σ_i P_i w(d_ij). Second step: a zone adds up what the places around it
offer, A_i = Σ_j R_j w(d_ij). The weight w is that of the ring in which the distance
falls, a ring holding its outer edge, and nothing beyond the last one. The mean of A
weighted by P is the capacity of the places that somebody reaches over all people.

Not valid as travel time: distances are multiplied by one detour factor, whatever the
roads, the rivers and the opening hours. A is relative to the places listed: a list
that forgets half of them halves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jalons.analysis.distances import RADIUS_KM

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

DETOUR = 1.3
"""Kilometres by road for one as the crow flies, in France: an order of magnitude."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The place nearest to each zone: its index (-1 without any) and its distance."""

    index: Indices
    km: Array


@dataclass(frozen=True, slots=True)
class Ring:
    """Distances up to `within_km`, beyond the former ring, count for `weight`."""

    within_km: float
    weight: float


RINGS = (Ring(5, 1.0), Ring(10, 0.42), Ring(15, 0.09))
"""The decreasing weights of Luo and Qi (1.00, 0.42, 0.09), on rings of our choice."""


class BadRings(ValueError):
    """Rings that do not grow, or whose weights do not decrease from at most 1 to 0."""


def km_between(zones: ArrayLike, places: ArrayLike) -> Array:
    """Kilometres as the crow flies, zones by places; rows are longitude, latitude.

    By the haversine, exact for neighbours too.

    >>> km_between([[0, 0]], [[0, 0], [0, 1]]).round(2).tolist()
    [[0.0, 111.2]]
    """
    here = np.radians(np.reshape(np.asarray(zones, dtype=np.float64), (-1, 2)))
    there = np.radians(np.reshape(np.asarray(places, dtype=np.float64), (-1, 2)))
    across = there[None, :, 0] - here[:, None, 0]
    up = there[None, :, 1] - here[:, None, 1]
    cosines = np.cos(here[:, None, 1]) * np.cos(there[None, :, 1])
    chord = np.sin(up / 2) ** 2 + cosines * np.sin(across / 2) ** 2
    found: Array = 2 * RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return found


def nearest(km: ArrayLike) -> Nearest:
    """The nearest place of each zone; of two at one distance, the first.

    Without a place, the index is -1 and the distance missing: never zero.

    >>> found = nearest([[3.0, 1.0], [2.0, 2.0]])
    >>> found.index.tolist(), found.km.tolist()
    ([1, 0], [1.0, 2.0])
    """
    table = np.asarray(km, dtype=np.float64)
    if not table.shape[1]:
        none = np.full(len(table), -1, dtype=np.int64)
        return Nearest(none, np.full(len(table), np.nan))
    index = table.argmin(axis=1)
    return Nearest(index.astype(np.int64), table[np.arange(len(table)), index])


def weights_of(km: ArrayLike, rings: Sequence[Ring] = RINGS) -> Array:
    """The weight of each distance; raises BadRings.

    >>> weights_of([5.0, 5.1, 15.0, 15.1]).tolist()
    [1.0, 0.42, 0.09, 0.0]
    """
    checked(rings)
    edges = np.array([ring.within_km for ring in rings])
    values = np.array([*(ring.weight for ring in rings), 0.0])
    found: Array = values[np.searchsorted(edges, np.asarray(km, dtype=np.float64))]
    return found


def e2sfca(
    km: ArrayLike,
    people: ArrayLike,
    capacity: ArrayLike,
    rings: Sequence[Ring] = RINGS,
) -> Array:
    """What the places around offer to each zone, in capacity for one person.

    `km` is zones by places. A zone without a place within the last ring has 0: nothing
    is reached, which is known. A place that nobody reaches offers nothing to anybody.

    >>> e2sfca([[1.0], [8.0]], [100, 100], [1]).round(5).tolist()
    [0.00704, 0.00296]
    """
    weights = weights_of(km, rings)
    demand = np.asarray(people, dtype=np.float64) @ weights
    supply = np.asarray(capacity, dtype=np.float64)
    shared = np.divide(supply, demand, out=np.zeros_like(supply), where=demand > 0)
    found: Array = weights @ shared
    return found


def checked(rings: Sequence[Ring]) -> Sequence[Ring]:
    """The same rings, once they grow and their weights decrease; raises BadRings."""
    grow = all(one.within_km < two.within_km for one, two in pairwise(rings))
    decrease = all(one.weight >= two.weight for one, two in pairwise(rings))
    if not rings or not grow or not decrease:
        raise BadRings(rings)
    if rings[0].within_km <= 0 or rings[0].weight > 1 or rings[-1].weight <= 0:
        raise BadRings(rings)
    return rings
