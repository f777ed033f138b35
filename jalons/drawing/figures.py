"""The small charts as whole figures: rows with their words, and a scale.

For paper, and wherever no table stands beside the drawing. A figure is 640 units
wide, the width of a text column on A4. Its title names it for screen readers;
the caption or heading around it shows it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing import charts, svg
from jalons.drawing.charts import Interval, Segment, Size
from jalons.drawing.skins import Skin

WIDTH = 640
LABEL_WIDTH, GUTTER, VALUE_WIDTH = 216, 14, 110
LABEL_LETTERS = 32
"""Letters that fit in the label column; a longer label goes to the next line."""

LINE_HEIGHT, ROW_GAP = 18, 10
BASELINE = 13
SCALE_HEIGHT = 24
PLOT = Size(WIDTH - LABEL_WIDTH - GUTTER - VALUE_WIDTH, 14)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row with one share; `value` is the number as the reader should see it."""

    label: str
    share: float
    value: str
    fill: str = "bar"


@dataclass(frozen=True, slots=True)
class Stack:
    """A row of percentages; `value` is usually the number of cases."""

    label: str
    segments: Sequence[Segment]
    value: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """A row with a share and its interval."""

    label: str
    interval: Interval
    value: str


Row = Bar | Stack | Whisker


def _percents() -> Sequence[tuple[float, str]]:
    return (0, "0"), (0.5, "50"), (1, _("%(value)s%%") % {"value": 100})


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis: its highest share, and the marks written under the rows."""

    top: float = 1.0
    ticks: Sequence[tuple[float, str]] = field(default_factory=_percents)


def figure(
    rows: Sequence[Row], plate: svg.Plate, skin: Skin, scale: Scale | None = None
) -> SafeString:
    """Draw the rows from top to bottom on one scale."""
    scale = scale or Scale()
    placed, height = _place(rows)
    box = (0, 0, WIDTH, height + SCALE_HEIGHT)
    body = [
        *(
            _tick(share / scale.top, words, height, skin)
            for share, words in scale.ticks
        ),
        *(_row(row, y, scale.top, skin) for row, y in placed),
        svg.watermark(plate.watermark, box=box, skin=skin),
    ]
    css = "" if skin.is_print else ' class="chart"'
    return svg.picture(body, plate, svg.view_box(*box) + css)


def _lines(label: str) -> list[str]:
    return textwrap.wrap(label, LABEL_LETTERS) or [""]


def _place(rows: Sequence[Row]) -> tuple[list[tuple[Row, int]], int]:
    """Give each row its top, and the height of them all."""
    y, placed = 0, []
    for row in rows:
        placed.append((row, y))
        y += len(_lines(row.label)) * LINE_HEIGHT + ROW_GAP
    return placed, y


def _row(row: Row, y: int, top: float, skin: Skin) -> str:
    words = "".join(
        f'<text {skin("label")} y="{BASELINE + index * LINE_HEIGHT}">'
        f"{svg.text(line)}</text>"
        for index, line in enumerate(_lines(row.label))
    )
    return (
        f'<g transform="translate(0 {y})">{words}'
        f'<text {skin("value")} x="{WIDTH}" y="{BASELINE}" text-anchor="end">'
        f"{svg.text(row.value)}</text>"
        f'<g transform="translate({LABEL_WIDTH + GUTTER} 2)">'
        f"{_mark(row, top, skin)}</g></g>"
    )


def _mark(row: Row, top: float, skin: Skin) -> str:
    match row:
        case Bar():
            return charts.bar(row.share / top, row.fill, PLOT, skin)
        case Stack():
            return charts.stack(row.segments, PLOT, skin)
        case Whisker():
            return charts.dot_and_line(row.interval, top, PLOT, skin)


def _tick(position: float, words: str, height: int, skin: Skin) -> str:
    x = svg.number(LABEL_WIDTH + GUTTER + position * PLOT.width)
    return (
        f'<path {skin("axis")} d="M{x} 0V{height}"/>'
        f'<text {skin("tick")} x="{x}" y="{height + 16}" text-anchor="middle">'
        f"{svg.text(words)}</text>"
    )
