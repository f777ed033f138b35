"""A square cut in four: points with a number, and how far opinions spread around each.

Knows no workshop: grades from `low` to `high` on both axes, where each is cut, four
names. The table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.drawing.skins import Skin
from jalons.drawing.svg import Plate, number, picture, text, watermark

LEFT, TOP, SIDE, HIGH = 44, 12, 560, 400
WIDTH, HEIGHT = LEFT + SIDE + 8, TOP + HIGH + 40
RADIUS = 13
ASIDE, UNDER = 22, 42
"""Kept free at the sides, and where names are written: an extreme grade hides none."""


@dataclass(frozen=True, slots=True)
class Point:
    """One item: its centre, and the quartiles on each axis."""

    label: str
    x: float
    y: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Square:
    """The words around the square; `names` begin top left and go clockwise."""

    x_title: str
    y_title: str
    names: tuple[str, str, str, str]
    cut_x: float
    cut_y: float
    low: float = 1
    high: float = 5


def draw_quadrants(
    square: Square, points: Sequence[Point], plate: Plate, skin: Skin
) -> SafeString:
    """The whole drawing, spreads under the points so that every number is read."""
    body = [
        *_fields(square, skin),
        *(_spread(square, one, skin) for one in points),
        *(_dot(square, one, skin) for one in points),
        watermark(plate.watermark, box=(LEFT, TOP, SIDE, HIGH), skin=skin),
    ]
    box = f'class="quadrants" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return picture(body, plate, box)


def _x(square: Square, value: float) -> float:
    share = (value - square.low) / (square.high - square.low)
    return LEFT + ASIDE + (SIDE - 2 * ASIDE) * share


def _y(square: Square, value: float) -> float:
    share = (square.high - value) / (square.high - square.low)
    return TOP + UNDER + (HIGH - 2 * UNDER) * share


def _fields(square: Square, skin: Skin) -> Iterator[str]:
    x, y = _x(square, square.cut_x), _y(square, square.cut_y)
    right, bottom = LEFT + SIDE, TOP + HIGH
    corners = (
        (LEFT, TOP, x, y),
        (x, TOP, right, y),
        (x, y, right, bottom),
        (LEFT, y, x, bottom),
    )
    for place, (x1, y1, x2, y2) in enumerate(corners):
        yield (
            f'<rect {skin(f"q q{place}")} x="{number(x1)}" y="{number(y1)}" '
            f'width="{number(max(0, x2 - x1))}" height="{number(max(0, y2 - y1))}"/>'
        )
    spots = (
        (LEFT + 8, TOP + 18, ""),
        (right - 8, TOP + 18, " end"),
        (right - 8, bottom - 8, " end"),
        (LEFT + 8, bottom - 8, ""),
    )
    for (left, top, side), name in zip(spots, square.names, strict=True):
        yield f'<text {skin(f"name{side}")} x="{left}" y="{top}">{text(name)}</text>'
    yield (
        f'<text {skin("axis-name")} x="{LEFT + SIDE // 2}" y="{HEIGHT - 12}">'
        f"{text(square.x_title)}</text>"
        f'<text {skin("axis-name")} transform="translate(24 {TOP + HIGH // 2}) '
        f'rotate(-90)">{text(square.y_title)}</text>'
    )


def _spread(square: Square, one: Point, skin: Skin) -> str:
    left, right = (_x(square, value) for value in one.x_range)
    bottom, top = (_y(square, value) for value in one.y_range)
    wide, tall = max(right - left, 2 * RADIUS + 6), max(bottom - top, 2 * RADIUS + 6)
    x = min(left, (left + right - wide) / 2)
    y = min(top, (top + bottom - tall) / 2)
    return (
        f'<rect {skin("spread")} rx="10" x="{number(x)}" y="{number(y)}" '
        f'width="{number(wide)}" height="{number(tall)}"/>'
    )


def _dot(square: Square, one: Point, skin: Skin) -> str:
    x, y = number(_x(square, one.x)), _y(square, one.y)
    return (
        f'<circle {skin("point")} cx="{x}" cy="{number(y)}" r="{RADIUS}"/>'
        f'<text {skin("point-number")} x="{x}" y="{number(y + 4.5)}">'
        f"{text(one.label)}</text>"
    )
