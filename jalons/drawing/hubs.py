"""A hub and what is tied to it: four groups around a box, three kinds of ties.

Knows no territory: words, and how each is tied. A tie is told three times, by its line,
by the mark at its end and by the legend, so that neither colour nor stroke is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from django.utils.safestring import SafeString

from jalons.drawing.skins import Skin
from jalons.drawing.svg import Plate, number, picture, text, under_words, watermark

Kind = Literal["solid", "dashed", "none"]
WIDTH = 900
SIDE, GAP = 290, 14
"""Words of a side, and what stands between them and the mark."""
HUB_LEFT, HUB_RIGHT = 350, 550
LINE, LEAD = 19, 30
LETTERS, HUB_LETTERS = 38, 18
"""Characters that a line of words holds, at its side and in the hub."""
RADIUS = 6


@dataclass(frozen=True, slots=True)
class Spoke:
    """Something around the hub, and how it is tied."""

    words: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Corner:
    """A group of the four, in the order of reading."""

    title: str
    spokes: Sequence[Spoke]
    empty: str = ""

    @property
    def height(self) -> int:
        lines = sum(len(_lines(one.words)) for one in self.spokes)
        return LEAD + LINE * max(lines, 1) + 6 * len(self.spokes)


def draw_hub(
    hub: str,
    corners: Sequence[Corner],
    legend: Sequence[tuple[Kind, str]],
    plate: Plate,
    skin: Skin,
) -> SafeString:
    """The whole drawing; ties first, so that words stay readable over them."""
    rows = [corners[start : start + 2] for start in range(0, len(corners), 2)]
    tall = [max(one.height for one in row) + 16 for row in rows]
    high = 16 + sum(tall)
    centre = _lines(hub, HUB_LETTERS)
    high = max(high, LINE * len(centre) + 60)
    body: list[str] = []
    for place, row in enumerate(rows):
        top = 16 + sum(tall[:place])
        for side, corner in enumerate(row):
            body += _corner(corner, side, top, high / 2, skin)
    body += _hub(centre, high / 2, skin)
    body += _legend(legend, high + 14, skin)
    mark = watermark(plate.watermark, box=(40, 0, WIDTH - 80, float(high)), skin=skin)
    body = under_words(body, mark)
    return picture(body, plate, f'class="hub" viewBox="0 0 {WIDTH} {high + 34}"')


def _corner(
    corner: Corner, side: int, top: int, middle: float, skin: Skin
) -> Iterator[str]:
    words_x = SIDE if side == 0 else WIDTH - SIDE
    end = " end" if side == 0 else ""
    yield (
        f'<text {skin(f"name{end}")} x="{words_x}" y="{top + 14}">'
        f"{text(corner.title)}</text>"
    )
    y = top + LEAD + 12
    if not corner.spokes:
        yield (
            f'<text {skin(f"spoke{end}")} x="{words_x}" y="{y}">'
            f"{text(corner.empty)}</text>"
        )
    for one in corner.spokes:
        yield from _spoke(one, side, y, middle, skin)
        y += LINE * len(_lines(one.words)) + 6


def _spoke(one: Spoke, side: int, y: float, middle: float, skin: Skin) -> Iterator[str]:
    mark_x = SIDE + GAP if side == 0 else WIDTH - SIDE - GAP
    hub_x = HUB_LEFT if side == 0 else HUB_RIGHT
    end = " end" if side == 0 else ""
    words_x = SIDE if side == 0 else WIDTH - SIDE
    yield _tie(one.kind, (mark_x, y - 5), (hub_x, middle), skin)
    yield _mark(one.kind, mark_x, y - 5, skin)
    for place, line in enumerate(_lines(one.words)):
        yield (
            f'<text {skin(f"spoke{end}")} x="{words_x}" y="{number(y + LINE * place)}">'
            f"{text(line)}</text>"
        )


def _tie(
    kind: Kind, start: tuple[float, float], end: tuple[float, float], skin: Skin
) -> str:
    if kind == "none":
        return ""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line {skin(f"tie {kind}")} x1="{number(x1)}" y1="{number(y1)}" '
        f'x2="{number(x2)}" y2="{number(y2)}"/>'
    )


def _mark(kind: Kind, x: float, y: float, skin: Skin) -> str:
    """A full disc, a ring, a cross."""
    x1, y1 = number(x - 5), number(y - 5)
    x2, y2 = number(x + 5), number(y + 5)
    if kind == "none":
        return (
            f'<path {skin("cross-mark")} d="M{x1} {y1}L{x2} {y2}M{x1} {y2}L{x2} {y1}"/>'
        )
    return (
        f'<circle {skin(f"end-mark {kind}")} cx="{number(x)}" cy="{number(y)}" '
        f'r="{RADIUS}"/>'
    )


def _hub(lines: Sequence[str], middle: float, skin: Skin) -> Iterator[str]:
    tall = LINE * len(lines) + 28
    yield (
        f'<rect {skin("hub-box")} x="{HUB_LEFT}" y="{number(middle - tall / 2)}" '
        f'width="{HUB_RIGHT - HUB_LEFT}" height="{tall}" rx="8"/>'
    )
    first = middle - LINE * (len(lines) - 1) / 2 + 5
    for place, line in enumerate(lines):
        yield (
            f'<text {skin("hub-word")} x="{WIDTH // 2}" '
            f'y="{number(first + LINE * place)}">{text(line)}</text>'
        )


def _legend(legend: Sequence[tuple[Kind, str]], y: float, skin: Skin) -> Iterator[str]:
    for place, (kind, words) in enumerate(legend):
        x = 20 + place * (WIDTH - 40) / max(len(legend), 1)
        yield _tie(kind, (x, y), (x + 40, y), skin)
        yield _mark(kind, x, y, skin)
        yield (
            f'<text {skin("spoke")} x="{number(x + 50)}" y="{number(y + 5)}">'
            f"{text(words)}</text>"
        )


def _lines(words: str, letters: int = LETTERS) -> list[str]:
    return wrap(words, letters) or [""]
