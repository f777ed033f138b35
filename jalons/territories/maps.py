"""Contours of any set of territories, placed in one window for `drawing.maps`.

One query, no cache: 154 EPCI take 4 ms, and the cache is itself in the database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import QuerySet

from jalons.drawing.maps import Frame, Shape
from jalons.search.words import words_of
from jalons.territories.models import CURRENT_YEAR, Contour, Territory

# Blank border around the shapes, as a share of the longer side of the window.
MARGIN = 0.01
# Where overseas frames go when several frames share a map: in the Atlantic, at the
# scale of the metropolis. Shifts of x and y in grid units.
INSETS = {
    "971": (-1169, -61856),
    "972": (-189, -61947),
    "973": (168, -64566),
    "974": (541, -61914),
    "976": (1203, -61997),
}
_START = re.compile(r"^M(-?\d+) ?(-?\d+)")


def map_shapes(
    territories: QuerySet[Territory], vintage: int = CURRENT_YEAR
) -> tuple[Frame, list[Shape]]:
    """The window and the shapes of the territories that have a contour, by name.

    Borders of départements over a map of EPCI are a second call: its shapes have the
    same coordinates as long as both sets lie in the same frames. Without any
    contour, the list is empty and the window is one unit wide.
    """
    contours = list(
        Contour.objects.filter(
            vintage=vintage, territory__in=territories.order_by()
        ).select_related("territory")
    )
    if not contours:
        return Frame(0, 0, 1, 1), []
    if len({contour.frame for contour in contours}) > 1:
        contours = [_inset(contour) for contour in contours]
    shapes = [
        Shape(contour.territory_id, contour.territory.name, contour.path)
        for contour in contours
    ]
    return _window(contours), sorted(shapes, key=_alphabetical)


def _inset(contour: Contour) -> Contour:
    """The contour moved to its place beside metropolitan France."""
    dx, dy = INSETS.get(contour.frame, (0, 0))
    return Contour(
        territory=contour.territory,
        path=_START.sub(
            lambda start: f"M{int(start[1]) + dx} {int(start[2]) + dy}", contour.path
        ),
        min_x=contour.min_x + dx,
        min_y=contour.min_y + dy,
        max_x=contour.max_x + dx,
        max_y=contour.max_y + dy,
    )


def _window(contours: Sequence[Contour]) -> Frame:
    min_x = min(contour.min_x for contour in contours)
    min_y = min(contour.min_y for contour in contours)
    width = max(contour.max_x for contour in contours) - min_x
    height = max(contour.max_y for contour in contours) - min_y
    margin = max(1, round(MARGIN * max(width, height)))
    return Frame(
        min_x - margin, min_y - margin, width + 2 * margin, height + 2 * margin
    )


def _alphabetical(shape: Shape) -> tuple[list[str], str]:
    return words_of(shape.name), shape.code
