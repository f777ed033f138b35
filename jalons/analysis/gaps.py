"""How far the nearest place is, in four levels, and whom a new place would help.

Levels are of the way to the nearest place: near, within reach, far, out of reach, by
two scales, kilometres by road (as the crow flies × `reach.DETOUR`) or minutes of a
table of travel times. The limits are our choices: 5 km is some twenty minutes by
bicycle, 10 km a quarter of an hour by car, 20 km half an hour.

Need is population weighted by fragility: N_i = P_i × s_i / s̄, s̄ being the mean score
weighted by population over the zones that have one. The sum of needs is the sum of
populations; a zone without a score counts as the mean.

Not valid for one person: a short way is long without a car, and a place that is near
may not help with everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jalons.analysis.reach import RINGS, Ring

Array = NDArray[np.float64]


class Level(Enum):
    """How far the nearest place is; UNKNOWN when none is known."""

    NEAR = "near"
    WITHIN_REACH = "within_reach"
    FAR = "far"
    OUT_OF_REACH = "out_of_reach"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit of way, the upper limits of the first three levels, the rings of reach."""

    unit: str
    limits: tuple[float, float, float]
    rings: tuple[Ring, ...]
    worth: float
    """A shorter way by less than this is no gain."""


BY_ROAD = Scale("km", (5, 10, 20), RINGS, worth=1)
BY_TIME = Scale(
    "min", (10, 20, 30), (Ring(10, 1.0), Ring(20, 0.42), Ring(30, 0.09)), worth=2
)
"""Minutes: the zones and weights of Luo and Qi themselves."""
ORDERED = (Level.NEAR, Level.WITHIN_REACH, Level.FAR, Level.OUT_OF_REACH)


def level_of(way: float | None, scale: Scale = BY_ROAD) -> Level:
    """The level of a way; a limit belongs to the nearer level.

    >>> [level_of(way).value for way in (5.0, 5.1, None)]
    ['near', 'within_reach', 'unknown']
    """
    if way is None:
        return Level.UNKNOWN
    for level, limit in zip(ORDERED, scale.limits, strict=False):
        if way <= limit:
            return level
    return Level.OUT_OF_REACH


def needs(people: ArrayLike, scores: ArrayLike) -> Array:
    """Population weighted by fragility; a missing score (nan) counts as the mean.

    >>> needs([100, 100, 50], [30.0, 10.0, float("nan")]).tolist()
    [150.0, 50.0, 50.0]
    """
    persons = np.asarray(people, dtype=np.float64)
    given = np.asarray(scores, dtype=np.float64)
    known = ~np.isnan(given) & (persons > 0)
    total = float(persons[known] @ given[known])
    if total <= 0:
        return persons
    mean = total / float(persons[known].sum())
    found: Array = persons * np.where(known, given / mean, 1.0)
    return found


@dataclass(frozen=True, slots=True)
class Gain:
    """What a new place changes for one zone; `before` None when none was known."""

    zone: int
    before: float | None
    after: float

    @property
    def saved(self) -> float | None:
        return None if self.before is None else self.before - self.after


def gains(before: ArrayLike, new: ArrayLike, scale: Scale = BY_ROAD) -> list[Gain]:
    """The zones for which the new place is nearer, and not out of reach.

    `before` is the way to the nearest place of each zone (nan without any), `new` the
    way to the new one.

    >>> gains([12.0, 3.0, float("nan"), 40.0], [4.0, 2.5, 15.0, 30.0])
    [Gain(zone=0, before=12.0, after=4.0), Gain(zone=2, before=None, after=15.0)]
    """
    old = np.asarray(before, dtype=np.float64)
    way = np.asarray(new, dtype=np.float64)
    shorter = np.isnan(old) | (old - way >= scale.worth)
    helped = np.flatnonzero(shorter & (way <= scale.limits[-1]))
    return [
        Gain(int(i), None if np.isnan(old[i]) else float(old[i]), float(way[i]))
        for i in helped
    ]
