"""The timeline as blocks of a document: whoever composes it places them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from jalons.documents.model import Block, Callout, Cell, Figure, Table
from jalons.documents.words import date_format, whole_day
from jalons.drawing.skins import PRINT, Skin
from jalons.roadmaps.figures import Plan
from jalons.steering import words
from jalons.steering.timeline import Bar, Lane, Timeline, timeline_of

ROWS_A_PAGE = 16
"""Actions of one drawing: it stands on a page, and its words stay readable."""
HIGH_MM = 215


def timeline_blocks(plan: Plan, skin: Skin = PRINT) -> Iterator[Block]:
    """Drawings of a page at most, then the table; nothing without a date."""
    timeline = timeline_of(plan)
    if not timeline.days:
        return
    pieces = list(_pieces(timeline.lanes))
    for rank, lanes in enumerate(pieces, start=1):
        caption = _("The actions over time")
        if len(pieces) > 1:
            caption += f" ({rank}/{len(pieces)})"
        drawing, alt = words.draw(timeline, lanes, skin), words.summary(timeline)
        yield Figure(drawing, alt, caption, height_mm=HIGH_MM)
    for bar in timeline.told:
        for said in words.contradictions(bar):
            yield Callout(said, tone="caution")
    yield _table(timeline)


def _pieces(lanes: Sequence[Lane]) -> Iterator[list[Lane]]:
    """Workstreams gathered by page; a long one goes on over the next page."""
    piece: list[Lane] = []
    room = ROWS_A_PAGE
    for lane in lanes:
        bars = list(lane.bars)
        while bars:
            if room < min(2, len(bars)):
                yield piece
                piece, room = [], ROWS_A_PAGE
            piece.append(Lane(lane.stream, bars[:room]))
            bars, room = bars[room:], room - len(bars[:room]) - 1
    if piece:
        yield piece


def _table(timeline: Timeline) -> Table:
    day = date_format(timeline.today)
    return Table(
        _("The actions, one by one, as they stand on %(day)s") % {"day": day},
        [
            *(_("Action"), _("Leads the action"), _("Begins on"), _("Ends on")),
            *(_("Status"), _("Waits for")),
        ],
        [_line(one) for one in timeline.bars],
    )


def _line(bar: Bar) -> list[Cell]:
    row, late = bar.action.row, bar.action.late
    return [
        f"{bar.action.code} {row.description}",
        row.lead or "–",
        whole_day(row.starts_on) if row.starts_on else "–",
        whole_day(row.ends_on) if row.ends_on else "–",
        str(late.label if late else row.get_status_display()),
        ", ".join(one.code for one in bar.awaited) or "–",
    ]
