"""Columns of boxes and the ties from one column to a later one.

Knows no roadmap: words, and what each box is tied to. A box that is a remnant of what
disappeared is dashed, and says so in its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.safestring import SafeString

from jalons.drawing.skins import Skin
from jalons.drawing.svg import Plate, number, picture, text, under_words, watermark

WIDE, BETWEEN, TOP = 212, 46, 34
LINE, PAD, APART = 16, 8, 10
LETTERS, MOST_LINES = 29, 4


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its words, and the keys of those it is tied to in earlier columns."""

    key: str
    words: str
    comes_from: Sequence[str] = ()
    is_gone: bool = False

    @property
    def height(self) -> int:
        return LINE * len(_lines(self.words)) + 2 * PAD


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    boxes: Sequence[Box]

    @property
    def height(self) -> int:
        return sum(one.height + APART for one in self.boxes)


@dataclass(frozen=True, slots=True)
class _Place:
    box: Box
    x: int
    y: float

    @property
    def middle(self) -> float:
        return self.y + self.box.height / 2


def draw_flow(columns: Sequence[Column], plate: Plate, skin: Skin) -> SafeString:
    """The whole drawing; ties first, so that words stay readable over them."""
    high = max((one.height for one in columns), default=0)
    places = {one.box.key: one for one in _places(columns, high)}
    wide = len(columns) * (WIDE + BETWEEN) - BETWEEN
    body = [
        *(
            _tie(places[key], one, skin)
            for one in places.values()
            for key in _known(one, places)
        ),
        *_titles(columns, skin),
        *(drawn for one in places.values() for drawn in _box(one, skin)),
    ]
    mark = watermark(plate.watermark, box=(0, TOP, wide, float(high)), skin=skin)
    box = f'class="flow" viewBox="-2 0 {wide + 4} {TOP + high + 4}"'
    return picture(under_words(body, mark), plate, box)


def _places(columns: Sequence[Column], high: int) -> Iterator[_Place]:
    """Each column takes the whole height, its boxes evenly apart."""
    for rank, column in enumerate(columns):
        spare = (high - column.height) / max(len(column.boxes), 1)
        y = TOP + spare / 2
        for box in column.boxes:
            yield _Place(box, rank * (WIDE + BETWEEN), y)
            y += box.height + APART + spare


def _known(one: _Place, places: dict[str, _Place]) -> Iterator[str]:
    return (key for key in one.box.comes_from if key in places)


def _titles(columns: Sequence[Column], skin: Skin) -> Iterator[str]:
    for rank, column in enumerate(columns):
        x = rank * (WIDE + BETWEEN)
        yield f'<text {skin("name")} x="{x}" y="18">{text(column.title)}</text>'


def _tie(start: _Place, end: _Place, skin: Skin) -> str:
    x1, x2 = start.x + WIDE, end.x
    role = "tie dashed" if start.box.is_gone else "tie solid"
    turn = number(x2 - BETWEEN / 2)
    return (
        f'<path {skin(role)} d="M{x1} {number(start.middle)}H{number(x2 - BETWEEN)}'
        f"C{turn} {number(start.middle)} {turn} {number(end.middle)} "
        f'{x2} {number(end.middle)}"/>'
    )


def _box(place: _Place, skin: Skin) -> Iterator[str]:
    role = "span stopped" if place.box.is_gone else "span planned"
    yield (
        f'<rect {skin(role)} x="{place.x}" y="{number(place.y)}" width="{WIDE}" '
        f'height="{place.box.height}" rx="4"/>'
    )
    for rank, line in enumerate(_lines(place.box.words)):
        x, y = place.x + 8, number(place.y + PAD + LINE * rank + 12)
        yield f'<text {skin("said")} x="{x}" y="{y}">{text(line)}</text>'


def _lines(words: str) -> list[str]:
    """Four lines at most: the list beside the drawing has all the words."""
    lines = wrap(words, LETTERS) or [""]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: LETTERS - 1]}…"]
    return lines
