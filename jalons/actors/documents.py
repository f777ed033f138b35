"""The actors and who does what, as files: a board to pin up, a workbook, a CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.actors import words
from jalons.actors.directory import Listed
from jalons.actors.figures import ActorTable, Matrix
from jalons.actors.grids import ROLES
from jalons.actors.models import Actor
from jalons.documents.board import Board, Column, Paper, Row
from jalons.documents.model import Document, Items, Section, Table
from jalons.documents.words import date_format
from jalons.spaces.models import Space

BLANK_LINES = {"a3": 12, "a4": 10}
"""Lines to write by hand on a blank board, so that it holds on one page."""
MORE_LINES = 4
"""Lines left under the actors known, for those that the workshop names."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the board is printed: with what was stated or not, on which paper."""

    paper: Paper
    is_blank: bool


def board_of(space: Space, matrix: Matrix, wanted: Wanted) -> Board:
    """The board of a space. Blank, it has the names known and lines for the others."""
    grid = matrix.grid
    is_english = (get_language() or "fr").startswith("en")
    lead = _("Write one letter in each cell; leave blank what is not known.")
    if not wanted.is_blank and grid is ROLES:
        lead = words.heard_sentence(matrix)
    return Board(
        title=str(grid.title),
        subtitle=f"{space.name} · {space.territory.name}",
        lead=lead,
        corner=_("Actor"),
        columns=[Column(str(one), one.about) for one in matrix.columns],
        rows=_rows(matrix, wanted),
        legend=[
            (str(mark), str(grid.levels(level).label))
            for level, mark in grid.marks.items()
        ],
        language="en" if is_english else "fr",
        source_line=_source(space),
        page_words=_("page {page} of {pages}"),
        paper=wanted.paper,
        watermark=_("SIMULATED") if matrix.is_simulated else "",
    )


def workbook_of(
    space: Space, table: ActorTable, roles: Matrix, channels: Matrix
) -> Document:
    """Two sheets: the actors with their roles, and the gaps in sentences."""
    header = list(header_of(roles, channels))
    rows = [_cells(line) for line in lines_of(table, roles, channels)]
    actors = Table(caption=_("The actors"), header=header, rows=rows)
    sections = [Section(_("The actors"), [actors])]
    if gaps := words.gap_sentences(roles):
        sections.append(Section(_("What is missing"), [Items(gaps)]))
    return Document(
        title=_("Who acts here?"),
        subtitle=f"{space.name} · {space.territory.name}",
        sections=sections,
        language=get_language() or "fr",
        source_line=_source(space),
        date_line="",
        author=space.name,
        watermark=_("SIMULATED") if table.is_simulated else None,
    )


def header_of(*matrices: Matrix) -> Iterator[str]:
    yield from (
        _("Actor"),
        _("Family"),
        _("College"),
        _("What it does"),
        _("Commune"),
        _("INSEE code"),
        _("Site"),
        _("How you know it"),
    )
    for matrix in matrices:
        yield from (str(one) for one in matrix.columns)


def lines_of(table: ActorTable, *matrices: Matrix) -> Iterator[list[object]]:
    """One line for each actor at work, families in order, with what it stated."""
    stated: dict[int, list[str]] = {}
    for matrix in matrices:
        for row in matrix.rows:
            cells = stated.setdefault(row.actor.pk, [])
            cells += [cell.words for cell in row.cells]
    for family in table.families:
        for actor in family.actors:
            yield [*_told(actor), *stated.get(actor.pk, [])]


def _told(actor: Actor) -> list[object]:
    commune = actor.commune
    return [
        actor.name,
        actor.family_words,
        actor.college_words,
        actor.does,
        commune.name if commune else "",
        commune.pk if commune else "",
        actor.website,
        actor.source,
    ]


def _cells(line: Sequence[object]) -> list[str]:
    return [str(cell) for cell in line]


def _rows(matrix: Matrix, wanted: Wanted) -> list[Row]:
    marks, empty = matrix.grid.marks, [""] * len(matrix.columns)
    rows = [
        Row(
            title=row.actor.name,
            note=row.actor.family_words,
            cells=empty
            if wanted.is_blank
            else [str(marks.get(cell.level, "")) for cell in row.cells],
        )
        for row in matrix.rows
    ]
    lines = max(BLANK_LINES[wanted.paper] - len(rows), MORE_LINES)
    return rows + [Row("", empty)] * (lines if wanted.is_blank else 0)


def _source(space: Space) -> str:
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return _("%(space)s, as stated on %(day)s") % {"space": space.name, "day": day}


def directory_header() -> list[str]:
    return [
        *(_("Actor"), _("Family"), _("College"), _("What it does"), _("Roles")),
        *(_("Help given"), _("Commune"), _("INSEE code"), _("Site")),
        *(_("Noted by"), _("Territory of the team")),
    ]


def directory_lines(found: Iterable[Listed]) -> Iterator[list[object]]:
    """What everybody reads of each actor, and which team says so."""
    for one in found:
        actor = one.actor
        yield [
            *(actor.name, actor.family_words, actor.college_words, one.does),
            *(", ".join(one.roles), ", ".join(one.services)),
            actor.commune.name if actor.commune else "",
            *(actor.commune_id or "", actor.website),
            *(", ".join(one.teams), actor.space.territory.name),
        ]
