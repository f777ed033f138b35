"""A resource map as a document, and the sheet that a table fills by hand."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Cell,
    Document,
    Figure,
    Number,
    Paragraph,
    Section,
    Table,
)
from jalons.documents.words import date_format
from jalons.drawing.skins import PRINT, Skin
from jalons.ecosystems.figures import Board, Chart, Group, board_of
from jalons.ecosystems.models import Link, Resource, ResourceMap
from jalons.ecosystems.words import coverage_words, draw_chart

EMPTY_LINES = 5
"""Lines left blank in each category of the sheet."""
BOX = "☐"


def map_document(map: ResourceMap) -> Document:
    """The map to read, print or send."""
    board = board_of(map)
    sections = [
        Section(str(chart.centre), list(chart_blocks(board, chart)))
        for chart in board.charts
    ]
    if len(board.charts) > 1:
        sections.append(Section(_("What serves several"), [_pooled(board)]))
    return _document(map, map.title, sections)


def sheet_document(map: ResourceMap) -> Document:
    """One page a centre, to be filled with a pen: what is known, and blank lines."""
    sections = [
        Section(
            str(chart.centre),
            [
                Paragraph(_("One cross a line. A dashed link needs somebody.")),
                *(_blank(group) for group in chart.groups),
            ],
            # The first centre stands under the title.
            kind="chapter" if place else "section",
        )
        for place, chart in enumerate(board_of(map).charts)
    ]
    title = _("Sheet to fill: %(title)s") % {"title": map.title}
    return _document(map, title, sections)


def blocks_of(map: ResourceMap) -> Iterator[Block]:
    """The map inside a longer document: the minutes of a workshop."""
    board = board_of(map)
    for chart in board.charts:
        yield from chart_blocks(board, chart)
    if len(board.charts) > 1:
        yield _pooled(board)


def chart_blocks(
    board: Board, chart: Chart, skin: Skin = PRINT, *, caption: str = ""
) -> Iterator[Block]:
    """The drawing of a centre, what it amounts to, then its table.

    The drawing is named after its centre, unless a heading says so already.
    """
    yield Figure(
        draw_chart(chart, board.map, skin),
        alt=_("Each resource tied to the centre or not; the table has them all."),
        caption=caption or str(chart.centre),
    )
    yield Paragraph(coverage_words(chart))
    if chart.ties:
        yield Table(
            _("Resources: %(centre)s") % {"centre": chart.centre},
            [_("Resource"), _("Category"), _("Link"), _("Who sees to it"), _("Since")],
            [
                [
                    one.resource.name,
                    str(group.category.label),
                    str(one.status.label),
                    one.owner or "–",
                    date_format(one.link.since) if one.link else "–",
                ]
                for group in chart.groups
                for one in group.ties
            ],
        )


def _pooled(board: Board) -> Table:
    rows: list[list[Cell]] = [
        [one.name, str(Resource.Category(one.category).label), Number(str(n), n)]
        for one, n in board.pooled
    ]
    return Table(
        _("Resources that several can share"),
        [_("Resource"), _("Category"), _("Centres it is linked to")],
        rows or [[_("none yet"), "–", Number("–", None)]],
        ("start", "start", "end"),
    )


def _blank(group: Group) -> Table:
    statuses = [str(one.label) for one in Link.Status]
    rows: list[list[Cell]] = [
        [one.resource.name, BOX, BOX, BOX, ""] for one in group.ties
    ]
    rows += [["\u00a0", BOX, BOX, BOX, ""] for _line in range(EMPTY_LINES)]
    return Table(
        str(group.category.label), [_("Resource"), *statuses, _("Who sees to it")], rows
    )


def _document(map: ResourceMap, title: str, sections: list[Section]) -> Document:
    day = date_format(timezone.localdate())
    return Document(
        title=title,
        subtitle=_("Resource map: %(around)s in the centre")
        % {"around": map.get_around_display()},
        sections=sections or [Section(map.title, [Paragraph(_("Nothing yet."))])],
        language=get_language() or "fr",
        source_line=map.space.name,
        date_line=day,
        author=map.space.name,
        watermark=_("SIMULATED") if map.is_simulated else None,
    )
