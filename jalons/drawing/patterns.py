"""Three kinds of blank that stay apart in grey: hatched, crossed, dotted.

Hatched: no answer. Crossed: an answer that is not published. Dotted: a secret.
The same marks fill an area of a map and its square in the legend.
"""

from __future__ import annotations

from collections.abc import Sequence

from jalons.drawing.skins import Skin
from jalons.drawing.svg import number

PATTERNS = ("hatched", "crossed", "dotted")

Segment = tuple[float, float, float, float]

_SEGMENTS: dict[str, Sequence[Segment]] = {
    # The diagonal leaves the tile by its corners: two ends of the neighbours'
    # diagonals keep the line whole where tiles meet.
    "hatched": [(0, 1, 1, -1), (-0.25, 0.25, 0.5, -0.5), (0.75, 1.25, 0.5, -0.5)],
    "crossed": [(0.25, 0.25, 0.5, 0.5), (0.25, 0.75, 0.5, -0.5)],
    # A stroke of no length with round ends is a dot.
    "dotted": [(0.5, 0.5, 0.001, 0)],
}
"""Start and vector of each stroke, in tiles."""

_WIDTHS = {"hatched": 0.09, "crossed": 0.11, "dotted": 0.28}
"""Width of the strokes, in tiles."""


def definition(pattern: str, *, fill_id: str, size: float, skin: Skin) -> str:
    """A fill that repeats in both directions, one tile of `size` units at a time."""
    side = number(size)
    return (
        f'<pattern id="{fill_id}" width="{side}" height="{side}" '
        f'patternUnits="userSpaceOnUse">{square(pattern, size, 1, skin)}</pattern>'
    )


def square(pattern: str, size: float, tiles: int, skin: Skin) -> str:
    """Draw `tiles` × `tiles` tiles as a background and a single path of marks."""
    side = number(size * tiles)
    marks = "".join(
        _stroke(segment, size, column, row)
        for segment in _SEGMENTS[pattern]
        for column in range(tiles)
        for row in range(tiles)
    )
    return (
        f'<rect {skin("blank")} width="{side}" height="{side}"/>'
        f'<path {skin("mark")} stroke-width="{number(size * _WIDTHS[pattern])}" '
        f'stroke-linecap="round" d="{marks}"/>'
    )


def _stroke(segment: Segment, size: float, column: int, row: int) -> str:
    x, y, across, down = segment
    start = f"M{number((x + column) * size)} {number((y + row) * size)}"
    return f"{start}l{across * size:.2f} {down * size:.2f}"
