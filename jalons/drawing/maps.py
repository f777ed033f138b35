"""Choropleth maps: territories filled by category, as an accessible SVG.

Coordinates are whole numbers of 100 m (Lambert-93), y downwards; contours come
ready from the reference data and are never computed here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.drawing import patterns, svg
from jalons.drawing.paths import middle_of
from jalons.drawing.skins import CLASS_FILLS, Skin

TILES_ACROSS = 80
"""Pattern squares along the longer side: about 7 px on a screen, 2 mm on paper."""

PINS_ACROSS = 45
"""Diameters of a mark along the longer side: seen, without hiding a small commune."""

STROKES_ACROSS = 1000
"""Border widths along the longer side, on paper only: the page has its CSS."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The window on the ground, in hundreds of metres."""

    min_x: int
    min_y: int
    width: int
    height: int

    @property
    def longer_side(self) -> int:
        return max(self.width, self.height)


@dataclass(frozen=True, slots=True)
class Shape:
    """The contour of a territory: `path` is a relative, integer SVG path."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Area:
    """A shape on the map: its category, and the sentence said when it is reached."""

    shape: Shape
    category: str
    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """One line of the legend; `fill` is c0…c3 or hatched, crossed, dotted."""

    code: str
    label: str
    fill: str

    def __post_init__(self) -> None:
        if self.fill not in (*CLASS_FILLS, *patterns.PATTERNS):
            raise ValueError(f"category {self.code}: unknown fill {self.fill!r}")


def choropleth(
    frame: Frame,
    areas: Sequence[Area],
    categories: Sequence[Category],
    plate: svg.Plate,
    skin: Skin,
    *,
    outlines: Sequence[Shape] = (),
    pinned: Sequence[Shape] = (),
    ready: Collection[str] = (),
) -> SafeString:
    """Draw the areas in the given order, which is the order of the keyboard walk.

    On the page each area is one path carrying its own label, for `map.js`: a
    `<title>` child per area would double the nodes to say the same words. On
    paper nothing is interactive and a category is a single path. `pinned` areas have
    a mark in their middle, which the legend names (`legends.pin`). `ready` are fills
    that no area has yet: a script may add some.
    """
    fills = {category.code: category.fill for category in categories}
    used = {*ready, *(fills[area.category] for area in areas)}
    box = (frame.min_x, frame.min_y, frame.width, frame.height)
    draw = _merged if skin.is_print else _separate
    body = [
        _definitions(used, frame, skin, plate.svg_id),
        _group("areas", draw(areas, fills, skin, plate.svg_id), frame, skin),
        _group("outlines", _together(outlines), frame, skin),
        _group("pins", (_pin(one, frame, skin) for one in pinned), frame, skin),
        svg.watermark(plate.watermark, box=box, skin=skin),
    ]
    behaviour = "" if skin.is_print else ' class="map" data-map=""'
    return svg.picture(body, plate, svg.view_box(*box) + behaviour)


def _together(outlines: Sequence[Shape]) -> list[str]:
    """The outlines as one path: they are only looked at."""
    path = "".join(outline.path for outline in outlines)
    return [f'<path d="{path}"/>'] if path else []


def _pin(shape: Shape, frame: Frame, skin: Skin) -> str:
    x, y = middle_of(shape.path)
    radius = frame.longer_side / PINS_ACROSS / 2
    place = f'cx="{svg.number(x)}" cy="{svg.number(y)}" r="{svg.number(radius)}"'
    return f"<circle {skin('pin')} {place}/>"


def _separate(
    areas: Iterable[Area], fills: Mapping[str, str], skin: Skin, map_id: str
) -> Iterable[str]:
    paints = {code: _paint(fill, skin, map_id) for code, fill in fills.items()}
    for area in areas:
        link = f' data-href="{svg.text(area.href)}"' if area.href else ""
        yield (
            f'<path {paints[area.category]} data-label="{svg.text(area.label)}"{link} '
            f'd="{area.shape.path}"/>'
        )


def _merged(
    areas: Sequence[Area], fills: Mapping[str, str], skin: Skin, map_id: str
) -> Iterable[str]:
    for code, fill in fills.items():
        path = "".join(area.shape.path for area in areas if area.category == code)
        if path:
            yield f'<path {_paint(fill, skin, map_id)} d="{path}"/>'


def _paint(fill: str, skin: Skin, map_id: str) -> str:
    if fill in patterns.PATTERNS:
        return f'fill="url(#{svg.text(map_id)}-{fill})"'
    return skin(fill)


def _definitions(used: Collection[str], frame: Frame, skin: Skin, map_id: str) -> str:
    size = max(frame.longer_side // TILES_ACROSS, 4)
    prefix = svg.text(map_id)
    tiles = [
        patterns.definition(fill, fill_id=f"{prefix}-{fill}", size=size, skin=skin)
        for fill in patterns.PATTERNS
        if fill in used
    ]
    return f"<defs>{''.join(tiles)}</defs>" if tiles else ""


def _group(role: str, paths: Iterable[str], frame: Frame, skin: Skin) -> str:
    body = "".join(paths)
    if not body:
        return ""
    width = max(frame.longer_side / STROKES_ACROSS, 0.1)
    stroke = f' stroke-width="{svg.number(width)}"' if skin.is_print else ""
    return f"<g {skin(role)}{stroke}>{body}</g>"
