"""Bars over time, a row each, in groups; today's line; arrows from what is waited for.

Knows no roadmap: words, days, how each row stands. A row says in words what its bar
says by its filling, and that it is late; the table beside the drawing says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import Literal

from django.utils.safestring import SafeString

from jalons.drawing.skins import Skin
from jalons.drawing.svg import Plate, number, picture, text, under_words, watermark

State = Literal["planned", "under_way", "done", "stopped"]
WIDTH, LEFT, RIGHT = 960, 330, 940
"""Words stand left of LEFT, bars between LEFT and RIGHT."""
TOP, LINE, GAP, BAR = 34, 17, 12, 16
LETTERS = 44
"""Characters that a line of words holds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its words, how it stands, its days, the rows that it waits for.

    `said` is its state in words; with one day only, it is a point.
    """

    key: int
    words: str
    said: str
    state: State
    is_late: bool = False
    start: date | None = None
    end: date | None = None
    waits_for: Sequence[int] = ()

    @property
    def height(self) -> int:
        return LINE * len(_lines(self.words) + _lines(self.said)) + GAP


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one title."""

    title: str
    rows: Sequence[Row]

    @property
    def height(self) -> int:
        return self.title_height + sum(one.height for one in self.rows)

    @property
    def title_height(self) -> int:
        return LINE * len(_lines(self.title)) + GAP


@dataclass(frozen=True, slots=True)
class Axis:
    """What the days are measured on; `ticks` bear their words."""

    first: date
    last: date
    today: date
    today_words: str
    ticks: Sequence[tuple[date, str]]

    def x(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / whole


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of each filling, and of what is not a bar."""

    states: Sequence[tuple[State, str]]
    late: str
    point: str
    wait: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: the top of its words and the middle of its bar."""

    row: Row
    top: float
    middle: float


def draw_timeline(
    groups: Sequence[Group], axis: Axis, legend: Legend, plate: Plate, skin: Skin
) -> SafeString:
    """The whole drawing; arrows last, so that none is hidden by a bar."""
    high = TOP + sum(one.height for one in groups)
    places = {one.row.key: one for one in _places(groups)}
    body = [*_ticks(axis, high, skin), *_titles(groups, skin)]
    for place in places.values():
        body += _words(place, skin)
        body += _bar(place, axis, skin)
    body += _today(axis, high, skin)
    for place in places.values():
        for key in place.row.waits_for:
            if key in places:
                body += _arrow(places[key], place, axis, skin)
    body += _legend(legend, high + 24, skin)
    box = (LEFT, TOP, RIGHT - LEFT, float(high - TOP))
    body = under_words(body, watermark(plate.watermark, box=box, skin=skin))
    return picture(body, plate, f'class="timeline" viewBox="0 0 {WIDTH} {high + 66}"')


def _places(groups: Sequence[Group]) -> Iterator[_Place]:
    y = TOP
    for group in groups:
        y += group.title_height
        for row in group.rows:
            yield _Place(row, y, y + (row.height - GAP) / 2)
            y += row.height


def _ticks(axis: Axis, high: float, skin: Skin) -> Iterator[str]:
    for day, words in axis.ticks:
        x = number(axis.x(day))
        yield (
            f'<path {skin("axis")} d="M{x} {TOP - 8}V{number(high)}"/>'
            f'<text {skin("tick")} x="{x}" y="{TOP - 18}">{text(words)}</text>'
        )


def _titles(groups: Sequence[Group], skin: Skin) -> Iterator[str]:
    y = TOP
    for group in groups:
        yield (
            f'<path {skin("axis")} d="M0 {y - 2}H{WIDTH}"/>'
            f"{_text(_lines(group.title), y + LINE - 2, 'name', skin)}"
        )
        y += group.height


def _words(place: _Place, skin: Skin) -> Iterator[str]:
    lines = _lines(place.row.words)
    below = place.top + LINE * len(lines) + LINE - 5
    yield _text(lines, place.top + LINE - 5, "spoke", skin)
    role = "late" if place.row.is_late else "said"
    yield _text(_lines(place.row.said), below, role, skin)


def _text(lines: Sequence[str], y: float, role: str, skin: Skin) -> str:
    x = 0 if role == "name" else 12
    return "".join(
        f'<text {skin(role)} x="{x}" y="{number(y + LINE * rank)}">{text(one)}</text>'
        for rank, one in enumerate(lines)
    )


def _ends(row: Row, axis: Axis) -> tuple[float, float] | None:
    """Where its bar begins and ends; the same twice for a row with one day."""
    first, last = row.start or row.end, row.end or row.start
    if first is None or last is None:
        return None
    if row.start and row.end:
        last += timedelta(days=1)
    return axis.x(first), axis.x(last)


def _bar(place: _Place, axis: Axis, skin: Skin) -> Iterator[str]:
    ends = _ends(place.row, axis)
    if ends is None:
        return
    left, right = ends
    if left == right:
        yield _diamond(left, place.middle, place.row.state, skin)
    else:
        yield _box(left, place.middle, max(right - left, 3), place.row.state, skin)
    if place.row.is_late:
        yield _edge(left, place.middle, max(right - left, 3), skin)


def _box(left: float, middle: float, wide: float, state: State, skin: Skin) -> str:
    return (
        f'<rect {skin(f"span {state}")} x="{number(left)}" '
        f'y="{number(middle - BAR / 2)}" width="{number(wide)}" height="{BAR}"/>'
    )


def _diamond(x: float, y: float, state: State, skin: Skin) -> str:
    return (
        f'<path {skin(f"span {state}")} d="M{number(x)} {number(y - 8)}'
        f'l8 8l-8 8l-8 -8z"/>'
    )


def _edge(left: float, middle: float, wide: float, skin: Skin) -> str:
    """A second line under what is late."""
    return (
        f'<path {skin("late-edge")} d="M{number(left)} {number(middle + 12)}'
        f'h{number(max(wide, 14))}"/>'
    )


def _today(axis: Axis, high: float, skin: Skin) -> Iterator[str]:
    if axis.first <= axis.today <= axis.last:
        x = axis.x(axis.today)
        end = " end" if x > RIGHT - 120 else ""
        yield (
            f'<path {skin("reference")} d="M{number(x)} {TOP - 12}V{number(high)}"/>'
            f'<text {skin(f"today{end}")} x="{number(x - 4 if end else x + 4)}" '
            f'y="{TOP - 4}">{text(axis.today_words)}</text>'
        )


def _arrow(before: _Place, after: _Place, axis: Axis, skin: Skin) -> Iterator[str]:
    """From the end of what is waited for to the beginning of what waits."""
    start, end = _ends(before.row, axis), _ends(after.row, axis)
    if start is None or end is None:
        return
    x1, x2 = start[1], end[0]
    turn = min(x2 - 12, RIGHT) if x2 - 12 > x1 else x1 + 8
    y1, y2 = before.middle, after.middle
    # Going back in time, it passes between the rows.
    aside = "" if x2 - 12 > x1 else f"V{number(y2 - 14 if y2 > y1 else y2 + 14)}"
    back = f"{aside}H{number(x2 - 12)}" if aside else ""
    yield (
        f'<path {skin("wait")} d="M{number(x1)} {number(y1)}H{number(turn)}{back}'
        f'V{number(y2)}H{number(x2 - 5)}"/>'
        f'<path {skin("wait-head")} d="M{number(x2)} {number(y2)}l-7 -4v8z"/>'
    )


def _legend(legend: Legend, y: float, skin: Skin) -> Iterator[str]:
    """Two lines: the fillings, then the rest."""
    for place, (state, words) in enumerate(legend.states):
        x = 12 + place * 235
        yield _box(x, y, 30, state, skin) + _label(x + 40, y, words, skin)
    low = y + 26
    yield _edge(12, low - 10, 30, skin) + _label(52, low, legend.late, skin)
    yield _diamond(262, low, "planned", skin) + _label(287, low, legend.point, skin)
    yield (
        f'<path {skin("wait")} d="M482 {low}h24"/>'
        f'<path {skin("wait-head")} d="M512 {low}l-7 -4v8z"/>'
        f"{_label(522, low, legend.wait, skin)}"
    )


def _label(x: float, y: float, words: str, skin: Skin) -> str:
    return (
        f'<text {skin("said")} x="{number(x)}" y="{number(y + 5)}">{text(words)}</text>'
    )


def _lines(words: str) -> list[str]:
    return wrap(words, LETTERS) or [""]
