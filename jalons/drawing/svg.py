"""The envelope of a drawing: who it is for assistive technology, and its words.

Every text that reaches an SVG is escaped here; what leaves here is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from jalons.drawing.skins import Skin

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids even when escaped."""

_LETTER_WIDTH = 0.72
"""Mean width of a bold capital, in ems: enough to make a word span a drawing."""


def text(value: str) -> str:
    """Escape a text for the inside of an element or of an attribute."""
    return escape(_NOT_XML.sub("", value), quote=True)


def number(value: float) -> str:
    """Write a coordinate with at most one decimal: finer is smaller than a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def view_box(min_x: float, min_y: float, width: float, height: float) -> str:
    return f'viewBox="{number(min_x)} {number(min_y)} {number(width)} {number(height)}"'


@dataclass(frozen=True, slots=True)
class Plate:
    """What surrounds a drawing: its identity on the page and its words."""

    svg_id: str
    title: str
    description: str
    watermark: str | None = None


def picture(body: Iterable[str], plate: Plate, attributes: str) -> SafeString:
    """An image that says its name, then what it shows, watermark first."""
    name = text(plate.svg_id)
    words = ". ".join(filter(None, (plate.watermark, plate.description)))
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" role="img" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-desc" {attributes}>'
        f'<title id="{name}-title">{text(plate.title)}</title>'
        f'<desc id="{name}-desc">{text(words)}</desc>'
        f"{''.join(body)}</svg>"
    )


def ornament(body: Iterable[str], *, width: int, height: int, css: str) -> SafeString:
    """A small drawing beside the number it repeats: hidden from screen readers."""
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" aria-hidden="true" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{''.join(body)}</svg>"
    )


def watermark(words: str | None, *, box: tuple[float, ...], skin: Skin) -> str:
    """The words across the drawing, so that a cut-out copy still carries them.

    Letters are outlined, not filled: a veil would change the colours to be read.
    """
    if not words:
        return ""
    min_x, min_y, width, height = box
    x, y = number(min_x + width / 2), number(min_y + height / 2)
    size = min(0.9 * width / (len(words) * _LETTER_WIDTH), height * 0.8)
    return (
        f'<text {skin("watermark")} x="{x}" y="{y}" font-size="{number(size)}" '
        f'stroke-width="{number(size / 45)}" text-anchor="middle" '
        f'dominant-baseline="central">{text(words)}</text>'
    )


def under_words(body: Iterable[str], mark: str) -> list[str]:
    """A watermark over the shapes and under what is read: it crosses out no letter."""
    drawn = list(body)
    words = [one for one in drawn if one.startswith("<text")]
    return [*(one for one in drawn if not one.startswith("<text")), mark, *words]
