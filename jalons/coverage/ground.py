"""Communes and places of a territory and around it, ready for `analysis.reach`.

Places beyond the border help its inhabitants, and people beyond it use its places:
both are read up to `AROUND_KM` of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.catchment import catchment, nearest_places
from jalons.analysis.distances import RADIUS_KM
from jalons.analysis.gaps import BY_ROAD, BY_TIME, Scale
from jalons.analysis.opening import Answer
from jalons.analysis.periods import Period, opens_in, ordinary_week
from jalons.analysis.reach import (
    DETOUR,
    Nearest,
    Ring,
    e2sfca,
    km_between,
    nearest,
)
from jalons.coverage.models import TravelTime, TravelTimes
from jalons.directory.models import Place, PlaceList, zone_of
from jalons.territories.models import Territory

Array = NDArray[np.float64]
# The way of the last ring, with a margin: nobody beyond changes a figure of reach.
AROUND_KM = 30
KM_PER_DEGREE = RADIUS_KM * radians(1)
DOES_NOT_RECEIVE = "sans_public"
# Most tables give no time from a commune to itself: an order of magnitude, said on the
# page.
WITHIN_MINUTES = 5.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Zone:
    """A commune: its people, and the point from which ways are measured."""

    code: str
    name: str
    people: int
    point: Point


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that receives people."""

    pk: int
    name: str
    commune: str
    point: Point
    opening: str
    list_pk: int

    def opens(self, period: Period, monday: date) -> Answer:
        """Whether it is open then; any place suits when no period is asked for."""
        if period is Period.ANY:
            return Answer.YES
        return opens_in(self.opening, period, monday, zone_of(self.commune))


@dataclass(frozen=True)
class Ground:
    """`inside` are the rows of `zones` that belong to the territory.

    `unplaced` communes have no centre in the reference geography: they are left out,
    and said.
    """

    territory: Territory
    zones: Sequence[Zone]
    inside: Sequence[int]
    unplaced: Sequence[str]
    spots: Sequence[Spot]
    lists: Sequence[PlaceList]
    monday: date
    table: TravelTimes | None = None
    minutes: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @property
    def scale(self) -> Scale:
        return BY_TIME if self.table else BY_ROAD

    def nearest(self, rows: Sequence[int]) -> Nearest:
        """For each commune, the nearest of some places and the way to it."""
        spots = [self.spots[row] for row in rows]
        if self.table:
            return nearest(self._table_to([one.commune for one in spots]))
        found = nearest_places(self._points, [one.point for one in spots])
        return Nearest(found.index, found.km * DETOUR)

    def offers(self, rows: Sequence[int], needs: Array) -> Array:
        """What some places offer to each commune, a place being worth one."""
        spots = [self.spots[row] for row in rows]
        capacity = np.ones(len(spots))
        if self.table:
            times = self._table_to([one.commune for one in spots])
            return e2sfca(times, needs, capacity, self.scale.rings)
        rings = [
            Ring(ring.within_km / DETOUR, ring.weight) for ring in self.scale.rings
        ]
        points = [one.point for one in spots]
        return catchment(self._points, points, needs, capacity, rings)

    def ways_to(self, point: Point, commune: str) -> Array:
        """The way from each commune to a point of another one."""
        if self.table:
            return self._table_to([commune])[:, 0]
        return km_between(self._points, [point])[:, 0] * DETOUR

    @property
    def _points(self) -> list[Point]:
        return [one.point for one in self.zones]

    def _table_to(self, ends: Sequence[str]) -> Array:
        rows = [[self._minutes(one.code, end) for end in ends] for one in self.zones]
        return np.array(rows, dtype=np.float64).reshape(len(self.zones), len(ends))

    def _minutes(self, origin: str, end: str) -> float:
        inside = WITHIN_MINUTES if origin == end else np.inf
        return self.minutes.get((origin, end), inside)

    def open_in(self, period: Period) -> tuple[list[int], int]:
        """The places known to be open in a period, and how many are not known."""
        answers = [one.opens(period, self.monday) for one in self.spots]
        opened = [at for at, answer in enumerate(answers) if answer is Answer.YES]
        return opened, answers.count(Answer.UNKNOWN)


def ground_of(
    territory: Territory, today: date, table: TravelTimes | None = None
) -> Ground:
    """Everything needed to measure a territory, in five queries."""
    members = Territory.objects.communes().current().within(territory)
    own = set(members.values_list("code", flat=True))
    placed = members.exclude(longitude=None).values_list("longitude", "latitude")
    box = _box(list(placed))
    around = (
        Territory.objects.communes()
        .current()
        .filter(longitude__range=box[0], latitude__range=box[1])
        .order_by("code")
        .values_list("code", "name", "population", "longitude", "latitude")
    )
    zones = [
        Zone(code, name, people or 0, (x, y)) for code, name, people, x, y in around
    ]
    known = {one.code for one in zones}
    spots = _spots(box)
    return Ground(
        territory=territory,
        zones=zones,
        inside=[at for at, one in enumerate(zones) if one.code in own],
        unplaced=sorted(own - known),
        spots=spots,
        lists=list(
            PlaceList.objects.filter(pk__in={one.list_pk for one in spots}).order_by(
                "name"
            )
        ),
        monday=ordinary_week(today),
        table=table,
        minutes=_times(table, known) if table else {},
    )


def _spots(box: tuple[Point, Point]) -> list[Spot]:
    rows = (
        Place.objects.open_to_all()
        .within_box(*box)
        .order_by("pk")
        .values_list(
            "pk",
            "name",
            "commune",
            "longitude",
            "latitude",
            "opening",
            "place_list",
            "access_modes",
        )
    )
    return [
        Spot(pk, name, commune, (x, y), opening, list_pk)
        for pk, name, commune, x, y, opening, list_pk, modes in rows
        if DOES_NOT_RECEIVE not in modes
    ]


def _times(table: TravelTimes, known: set[str]) -> dict[tuple[str, str], float]:
    """Times from the communes of the territory and around it, those of the table."""
    rows = TravelTime.objects.filter(table=table, origin__in=known)
    return {
        (origin, end): minutes
        for origin, end, minutes in rows.values_list("origin", "destination", "minutes")
    }


def _box(points: Sequence[Point]) -> tuple[Point, Point]:
    """Longitudes and latitudes around some points, `AROUND_KM` further."""
    if not points:
        return (0.0, 0.0), (0.0, 0.0)
    xs, ys = zip(*points, strict=True)
    up = AROUND_KM / KM_PER_DEGREE
    across = up / cos(radians(max(map(abs, ys))))
    return (min(xs) - across, max(xs) + across), (min(ys) - up, max(ys) + up)
