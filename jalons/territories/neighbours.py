"""Territories that touch each other: those whose contours share points.

Shared borders were kept when contours were simplified (`territories.build`), so that
two neighbours have the same points, in the same whole numbers.
"""

from __future__ import annotations

from jalons.drawing.paths import points_of
from jalons.territories.models import CURRENT_YEAR, Contour, Territory

SHARED_POINTS = 2
"""One common point is a corner; two make a border."""


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
