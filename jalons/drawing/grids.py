"""A square of five by five steps, in which short codes stand where they were placed.

Knows no roadmap: codes, and the words of both axes. Codes of one step stand beside each
other, so that none hides another; rows grow with what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.drawing.skins import Skin
from jalons.drawing.svg import Plate, number, picture, text, under_words, watermark

STEPS = (1, 2, 3, 4, 5)
LEFT, TOP, WIDE = 150, 8, 118
"""Words of the rows, then five columns."""
RIGHT = LEFT + WIDE * len(STEPS)
LINE, LEAST = 20, 56
A_LINE = 2
"""Codes that stand on one line of a step."""
Cells = Mapping[tuple[int, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Axes:
    """Their titles, and the words of the five steps from low to high."""

    x_title: str
    y_title: str
    x_steps: Sequence[str]
    y_steps: Sequence[str]


def draw_grid(axes: Axes, cells: Cells, plate: Plate, skin: Skin) -> SafeString:
    """`cells` are the codes by step, (x, y); the highest row stands on top."""
    tops, bottom = _tops(cells)
    body = [
        *(_cell(x, y, tops, cells.get((x, y), ()), skin) for y in tops for x in STEPS),
        *_rows(axes, tops, skin),
        *_columns(axes, bottom, skin),
    ]
    across = (LEFT, TOP, RIGHT - LEFT, float(bottom - TOP))
    body = under_words(body, watermark(plate.watermark, box=across, skin=skin))
    box = f'class="grid" viewBox="0 0 {RIGHT + 8} {bottom + 56}"'
    return picture(body, plate, box)


def _tops(cells: Cells) -> tuple[dict[int, tuple[int, int]], int]:
    """Where each row begins and how tall it is, from the highest; then the bottom."""
    found, y = {}, TOP
    for row in reversed(STEPS):
        most = max(len(cells.get((x, row), ())) for x in STEPS)
        high = max(LEAST, LINE * -(-most // A_LINE) + 16)
        found[row] = (y, high)
        y += high
    return found, y


def _cell(
    x: int, y: int, tops: dict[int, tuple[int, int]], codes: Sequence[str], skin: Skin
) -> str:
    top, high = tops[y]
    left = LEFT + WIDE * (x - 1)
    drawn = (
        f'<rect {skin("step full" if codes else "step")} x="{left}" y="{top}" '
        f'width="{WIDE}" height="{high}"/>'
    )
    return drawn + "".join(
        f'<text {skin("code")} x="{left + 10 + (rank % A_LINE) * 52}" '
        f'y="{top + 22 + LINE * (rank // A_LINE)}">{text(code)}</text>'
        for rank, code in enumerate(codes)
    )


def _rows(axes: Axes, tops: dict[int, tuple[int, int]], skin: Skin) -> Iterator[str]:
    for y, (top, high) in tops.items():
        yield (
            f'<text {skin("step-word end")} x="{LEFT - 10}" '
            f'y="{number(top + high / 2 + 5)}">{text(axes.y_steps[y - 1])}</text>'
        )
    middle = number(sum(tops[3]) - tops[3][1] / 2)
    yield (
        f'<text {skin("axis-name")} transform="translate(16 {middle}) rotate(-90)">'
        f"{text(axes.y_title)}</text>"
    )


def _columns(axes: Axes, bottom: int, skin: Skin) -> Iterator[str]:
    for x in STEPS:
        middle = LEFT + WIDE * (x - 1) + WIDE // 2
        yield (
            f'<text {skin("step-word")} x="{middle}" y="{bottom + 20}">'
            f"{text(axes.x_steps[x - 1])}</text>"
        )
    yield (
        f'<text {skin("axis-name")} x="{(LEFT + RIGHT) // 2}" y="{bottom + 46}">'
        f"{text(axes.x_title)}</text>"
    )
