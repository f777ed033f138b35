"""Contours of any set of territories, placed in one window for `drawing.maps`.

One query, no cache: 154 EPCI take 4 ms, the 4 293 communes of a region about thirty,
and the cache is itself in the database. Communes are drawn in the région whose contours
come with the project; elsewhere once their contours are loaded (docs/operate.md).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing import kept
from jalons.drawing.maps import Area, Category, Frame, Shape, choropleth
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.search.words import alphabetical
from jalons.territories.models import CURRENT_YEAR, Contour, Edition, Territory

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
BOX = ("min_x", "min_y", "max_x", "max_y")
_START = re.compile(r"^M(-?\d+) ?(-?\d+)")


def map_shapes(
    territories: QuerySet[Territory], vintage: int = CURRENT_YEAR
) -> tuple[Frame, list[Shape]]:
    """The window and the shapes of the territories that have a contour, by name.

    Borders of départements over a map of EPCI are a second call: its shapes have the
    same coordinates as long as both sets lie in the same frames. Without any
    contour, the list is empty and the window is one unit wide.
    """
    rows = Contour.objects.filter(
        vintage=vintage, territory__in=territories.order_by()
    ).values_list("territory", "territory__name", "frame", "path", *BOX)
    outlines = [_Outline(*row) for row in rows]
    if not outlines:
        return Frame(0, 0, 1, 1), []
    if len({outline.frame for outline in outlines}) > 1:
        outlines = [_inset(outline) for outline in outlines]
    shapes = [Shape(one.code, one.name, one.path) for one in outlines]
    return _window(outlines), sorted(shapes, key=_in_order)


@dataclass(frozen=True, slots=True)
class Shade:
    """How one territory is painted: the code of its category, and what is said of it.

    `words` follow the name of the territory: “Périgueux: 21 %, 2021”.
    """

    category: str
    words: str


def communes_within(
    territory: Territory,
    shades: Mapping[str, Shade],
    otherwise: Shade,
    categories: Sequence[Category],
    plate: Plate,
    skin: Skin = PAGE,
    *,
    pinned: Collection[str] = (),
) -> SafeString | None:
    """The communes of an EPCI, a département or a région, each in its shade.

    `otherwise` is for the communes that have no shade: the reason why must be said.
    Those of `pinned` have a mark. None when no contour of these communes is loaded:
    the table says the same.
    """

    def draw() -> SafeString | None:
        frame, shapes = map_shapes(Territory.objects.communes().within(territory))
        if not shapes:
            return None
        marked = [shape for shape in shapes if shape.code in pinned]
        areas = _painted(shapes, shades, otherwise)
        return choropleth(frame, areas, categories, plate, skin, pinned=marked)

    # Contours, memberships and names change with the edition of the geography.
    geography = Edition.objects.of_geography().number()
    painted = {code: (one.category, one.words) for code, one in shades.items()}
    shows = (geography, territory.code, sorted(painted.items()), otherwise, plate)
    return kept.drawn((*shows, list(categories), sorted(pinned)), skin, draw)


def shaded(
    frame: Frame,
    shapes: Sequence[Shape],
    shades: Mapping[str, Shade],
    otherwise: Shade,
    categories: Sequence[Category],
    plate: Plate,
    skin: Skin = PAGE,
    *,
    outlines: Sequence[Shape] = (),
) -> SafeString:
    """Shapes already read, painted (again) in other shades."""
    areas = _painted(shapes, shades, otherwise)
    return choropleth(frame, areas, categories, plate, skin, outlines=outlines)


def _painted(
    shapes: Sequence[Shape], shades: Mapping[str, Shade], otherwise: Shade
) -> list[Area]:
    sentence = _("%s: %s")
    areas = []
    for shape in shapes:
        shade = shades.get(shape.code, otherwise)
        words = sentence % (shape.name, shade.words)
        areas.append(Area(shape, shade.category, words))
    return areas


@dataclass(frozen=True, slots=True)
class _Outline:
    """A contour as it is read: the columns of one row."""

    code: str
    name: str
    frame: str
    path: str
    min_x: int
    min_y: int
    max_x: int
    max_y: int


def beside_metropolis(path: str, frame: str) -> str:
    """A contour at its place on a map of the whole country."""
    dx, dy = INSETS.get(frame, (0, 0))
    return _START.sub(lambda start: f"M{int(start[1]) + dx} {int(start[2]) + dy}", path)


def _inset(outline: _Outline) -> _Outline:
    """The contour moved to its place beside metropolitan France."""
    dx, dy = INSETS.get(outline.frame, (0, 0))
    return replace(
        outline,
        path=beside_metropolis(outline.path, outline.frame),
        min_x=outline.min_x + dx,
        min_y=outline.min_y + dy,
        max_x=outline.max_x + dx,
        max_y=outline.max_y + dy,
    )


def _window(outlines: Sequence[_Outline]) -> Frame:
    min_x = min(outline.min_x for outline in outlines)
    min_y = min(outline.min_y for outline in outlines)
    width = max(outline.max_x for outline in outlines) - min_x
    height = max(outline.max_y for outline in outlines) - min_y
    margin = max(1, round(MARGIN * max(width, height)))
    return Frame(
        min_x - margin, min_y - margin, width + 2 * margin, height + 2 * margin
    )


def _in_order(shape: Shape) -> tuple[str, str]:
    return alphabetical(shape.name), shape.code
