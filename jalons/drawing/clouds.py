"""Words in lines, each as tall as it is told to be; the table beside has them all.

Knows no workshop. The width of letters is an estimate, generous enough for words never
to touch whatever font shows them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.drawing.skins import Skin
from jalons.drawing.svg import Plate, number, picture, text, watermark

WIDTH, TALLEST, GAP = 480, 46, 14
"""Narrow, so that the smallest words are still read on a telephone."""
_LETTER, _WIDE = 0.72, 1.1
"""Widths in ems: a letter, and an ideogram or a picture."""
_LINE = 1.25
"""Height of a line, in ems of its tallest word."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with the height of its letters, between 0 and 1."""

    text: str
    height: float

    @property
    def ems(self) -> float:
        return sum(
            _WIDE if unicodedata.east_asian_width(letter) in "WF" else _LETTER
            for letter in self.text
        )

    @property
    def size(self) -> float:
        """Letters as tall as asked, unless the word would leave the drawing."""
        return min(TALLEST * self.height, WIDTH / max(self.ems, 1))

    @property
    def width(self) -> float:
        return self.ems * self.size


def draw_cloud(words: Sequence[Placed], plate: Plate, skin: Skin) -> SafeString:
    """The words in alphabetical order: one looks for a word, and sees which are big."""
    in_order = sorted(words, key=lambda one: one.text.casefold())
    y = 0.0
    body: list[str] = []
    for line in _lines(in_order):
        y += _LINE * max(one.size for one in line)
        body.extend(_draw(line, y, skin))
    height = y + 0.4 * TALLEST
    body.append(watermark(plate.watermark, box=(0, 0, WIDTH, height), skin=skin))
    return picture(body, plate, f'class="cloud" viewBox="0 0 {WIDTH} {number(height)}"')


def _lines(words: Iterable[Placed]) -> Iterator[list[Placed]]:
    line: list[Placed] = []
    for one in words:
        if line and _width([*line, one]) > WIDTH:
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _width(line: Sequence[Placed]) -> float:
    return sum(one.width for one in line) + GAP * (len(line) - 1)


def _draw(line: Sequence[Placed], y: float, skin: Skin) -> Iterator[str]:
    x = (WIDTH - _width(line)) / 2
    for one in line:
        yield (
            f'<text {skin("word")} x="{number(x + one.width / 2)}" y="{number(y)}" '
            f'font-size="{number(one.size)}">{text(one.text)}</text>'
        )
        x += one.width + GAP
