"""Territories that touch each other: those whose contours share points.

Shared borders were kept when contours were simplified (`territories.build`), so that
two neighbours have the same points, in the same whole numbers.
"""

from __future__ import annotations

import re

from jalons.territories.models import CURRENT_YEAR, Contour, Territory

SHARED_POINTS = 2
"""One common point is a corner; two make a border."""

_STEP = re.compile(r"([MmhvlZz])|(-?\d+)")

Points = frozenset[tuple[int, int]]


def neighbours_of(territory: Territory) -> list[Territory]:
    """Territories of one kind that share a border, by name; none without contour."""
    mine = Contour.objects.filter(territory=territory, vintage=CURRENT_YEAR).first()
    if mine is None:
        return []
    points = points_of(mine.path)
    near = (
        Contour.objects.filter(
            vintage=CURRENT_YEAR,
            frame=mine.frame,
            territory__kind=territory.kind,
            min_x__lte=mine.max_x,
            max_x__gte=mine.min_x,
            min_y__lte=mine.max_y,
            max_y__gte=mine.min_y,
        )
        .exclude(territory=territory)
        .select_related("territory")
        .order_by("territory__name")
    )
    return [
        one.territory
        for one in near
        if len(points & points_of(one.path)) >= SHARED_POINTS
    ]


def points_of(path: str) -> Points:
    """The points of a relative, integer path (M, m, l, h, v, Z).

    >>> sorted(points_of("M0 0h10v10h-10z"))
    [(0, 0), (0, 10), (10, 0), (10, 10)]
    """
    x = y = start_x = start_y = 0
    command, pending = "M", None
    found: set[tuple[int, int]] = set()
    for letter, digits in _STEP.findall(path):
        if letter:
            command, pending = letter, None
            if letter in "Zz":
                x, y = start_x, start_y
            continue
        number = int(digits)
        if command in "hv":
            x, y = (x + number, y) if command == "h" else (x, y + number)
        elif pending is None:
            pending = number
            continue
        elif command == "M":
            x, y, pending = pending, number, None
        else:
            x, y, pending = x + pending, y + number, None
        if command in "Mm":
            start_x, start_y = x, y
            command = "l"
        found.add((x, y))
    return frozenset(found)
