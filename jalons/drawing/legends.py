"""The key of a map or chart, as data that a template or a document sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.drawing import patterns, svg
from jalons.drawing.maps import Category
from jalons.drawing.skins import Skin

SIDE = 16
TILE = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A category's name, and the square that shows its fill."""

    code: str
    label: str
    swatch: SafeString


def legend(categories: Iterable[Category], skin: Skin) -> list[Entry]:
    return [
        Entry(category.code, category.label, swatch(category.fill, skin))
        for category in categories
    ]


def pin(code: str, label: str, skin: Skin) -> Entry:
    """The line that says what a mark in the middle of an area is."""
    middle = SIDE / 2
    place = f'cx="{middle:g}" cy="{middle:g}" r="{middle - 2:g}"'
    drawn = f"<circle {skin('pin')} {place}/>"
    return Entry(
        code, label, svg.ornament([drawn], width=SIDE, height=SIDE, css="swatch")
    )


def swatch(fill: str, skin: Skin) -> SafeString:
    """A framed square, painted without any reference to a map on the page."""
    if fill in patterns.PATTERNS:
        ground = patterns.square(fill, TILE, SIDE // TILE, skin)
    else:
        ground = f'<rect {skin(fill)} width="{SIDE}" height="{SIDE}"/>'
    edge = f'<path {skin("edge")} d="M.5.5h15v15H.5z"/>'
    return svg.ornament([ground, edge], width=SIDE, height=SIDE, css="swatch")
