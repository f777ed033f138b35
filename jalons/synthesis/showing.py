"""What each block of a synthesis shows, as plain values: a piece, or several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.drawing.skins import PAGE, PRINT
from jalons.interviews.figures import picked_quotes
from jalons.observatory import crossing_tables, readings, sentences
from jalons.observatory.pictures import maturity_map
from jalons.observatory.restitution import Restitution, facts
from jalons.observatory.sheets import Sheet
from jalons.observatory.words import number
from jalons.surveys.models import Campaign
from jalons.synthesis import content as parts
from jalons.synthesis.content import Missing, Piece
from jalons.synthesis.models import Block
from jalons.synthesis.pieces import (
    BY_TERRITORY,
    CAUTION,
    CROSSING,
    FACTS,
    KEPT,
    MAP,
    QUOTES,
    TABLE,
    TEXT,
)
from jalons.tabulations import reading, sheets
from jalons.tabulations.figures import Tabulated
from jalons.tabulations.protection import Reason, Withheld
from jalons.tabulations.query import Query
from jalons.tabulations.variables import Variable

LONGEST_ON_SLIDES = 15
"""Rows of a table that fit on a slide: longer ones stay in the report."""
SENTENCES = 2
"""What goes with a table everywhere: its widest gap, and what may be concluded."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the pieces are taken from."""

    shown: Restitution
    sheets: Mapping[str, Sheet]
    kept: Mapping[int, Tabulated | Withheld | None]
    titles: Mapping[int, str]
    variables: Mapping[str, Variable]
    queries: Mapping[str, Query] = field(default_factory=dict)
    """Of the tables kept that are shown, by title."""


def pieces_of(block: Block, sources: Sources) -> list[Piece]:
    """What a block shows: one piece, several for a table cut by a third variable."""
    piece, is_detail = block.piece, not block.is_on_slides
    if piece in (TEXT, CAUTION):
        return [parts.Text(block.text, "caution" if piece == CAUTION else "text")]
    if piece == FACTS:
        return [_facts(sources.shown)]
    if piece == MAP:
        shown = sources.shown
        return [_map(shown, is_detail or not shown.shows_levels)]
    if piece == QUOTES:
        return [_quotes(sources.shown.campaign)]
    if piece.startswith(KEPT):
        return _kept(int(piece[len(KEPT) :]), sources, is_detail)
    if piece.startswith(CROSSING):
        return [_crossing(piece[len(CROSSING) :], sources, is_detail)]
    code = piece.removeprefix(TABLE)
    sheet = sources.sheets.get(code)
    if sheet is None:
        return [Missing(code, _("The restitution no longer holds this table."))]
    return [table_of(sheet, is_by_territory=code in BY_TERRITORY, is_detail=is_detail)]


def _facts(shown: Restitution) -> Piece:
    asked = _asked(shown)
    return parts.Facts(
        f"{asked} {shown.lead}" if shown.shows_levels else asked,
        tuple(
            parts.Fact(one.label, one.value, one.unit, one.note)
            for one in facts(shown, shown.figures.questions)
        ),
    )


def _asked(shown: Restitution) -> str:
    """What was asked, of whom, when, and how many answered."""
    base, definition = shown.figures.base, shown.definition
    asked = ngettext(
        "“%(title)s” (%(questions)s questions, %(minutes)s minutes) was put to the "
        "EPCI of the survey, %(dates)s: %(n)s person answered, for %(epci)s EPCI of "
        "%(all)s.",
        "“%(title)s” (%(questions)s questions, %(minutes)s minutes) was put to the "
        "EPCI of the survey, %(dates)s: %(n)s people answered, for %(epci)s EPCI of "
        "%(all)s.",
        base.responses,
    )
    return asked % {
        "title": definition.title.in_language(shown.words.language),
        "questions": number(len(definition.questions)),
        "minutes": number(definition.minutes),
        "dates": shown.dates,
        "n": number(base.responses),
        "epci": number(base.responding),
        "all": number(base.perimeter),
    }


def _map(shown: Restitution, is_detail: bool) -> Piece:
    pictures = [maturity_map(shown, skin) for skin in (PAGE, PRINT)]
    on_page, on_paper = pictures
    if on_page is None or on_paper is None:
        return Missing(_("Map"), _("The contours of these territories are not known."))
    keys = zip(on_page.legend, on_paper.legend, strict=True)
    return parts.Map(
        str(on_page.svg),
        str(on_paper.svg),
        on_page.summary,
        on_page.title,
        sentences.caution(),
        tuple(
            parts.Key(one.code, one.label, str(one.swatch), str(other.swatch))
            for one, other in keys
        ),
        is_detail,
    )


def _quotes(campaign: Campaign) -> Piece:
    found = picked_quotes(campaign)
    if not found:
        return Missing(
            _("Words of respondents"),
            _("No quote is kept yet: keep some among those whose author agreed."),
        )
    return parts.Quotes(tuple(parts.Quote(one.text, one.attribution) for one in found))


def _crossing(code: str, sources: Sources, is_detail: bool) -> Piece:
    shown = sources.shown
    found = shown.crossing(code)
    if found is None:
        return Missing(code, _("The restitution no longer holds this crossing."))
    said = readings.crossing_said(found, shown.words, shown.figures)
    lines = [said.text, said.details, *said.variants, *said.warnings] if said else []
    sheet = crossing_tables.focus(found, shown.words, shown.figures)
    sheet = sheet or crossing_tables.pivot(found, shown.words, shown.figures)
    table = table_of(sheet, is_by_territory=True, is_detail=is_detail)
    concluded = said.text if said else ""
    return replace(table, said=tuple(filter(None, lines)), conclusion=concluded)


def _why(reason: Reason) -> str:
    told = {
        "level": _("the level of a territory is published by territory only"),
        "several": _("two questions with several answers cannot be checked together"),
        "boxes": _(
            "a filter on several boxes of one question cannot be checked: filter on "
            "one of them"
        ),
        "margins": _(
            "its weights do not reach the shares asked for, or no longer do: open it "
            "at the desk, change these shares or leave them out, keep it again and "
            "show that one here"
        ),
        "few": _("too few people answered: nothing of it could be shown"),
        "weighted": _(
            "small counts would be found from its weighted shares and its weights: "
            "keep it without weights"
        ),
        "classes": _(
            "ranks other than the first, and classes that are not those of the "
            "results, would tell of a few people beside them"
        ),
        "exposed": _("small counts could be found from it and the other tables"),
        "unsettled": _(
            "the check could not settle in its time whether small counts would be "
            "found from it and the others: show fewer tables that overlap it"
        ),
        "contrary": _(
            "its counts and those of another table cannot both hold: take one of the "
            "two out, or make it again at the desk"
        ),
    }
    return told[reason]


def _kept(pk: int, sources: Sources, is_detail: bool) -> list[Piece]:
    table, title = sources.kept.get(pk), sources.titles.get(pk, str(pk))
    if table is None:
        return [Missing(title, _("This table is no longer kept, or cannot be made."))]
    if isinstance(table, Withheld):
        why = _("This table cannot be published: %(why)s.")
        return [Missing(title, why % {"why": _why(table.reason)})]
    shown = reading.read(table, sources.variables)
    long = sheets.long(shown)
    found: list[Piece] = []
    for rank, layer in enumerate(table.layers, start=1):
        made = table_of(sheets.pivot(shown, layer), is_detail=is_detail)
        said = reading.said(shown, layer)
        caption = title
        if shown.layers:
            caption = f"{title} – {shown.layer_title(layer)}"
        made = replace(
            made,
            caption=caption,
            note=f"{shown.title}. {made.note}".replace("?.", "?"),
            code=f"croisement-{pk}" if rank == 1 else f"croisement-{pk}-{rank}",
            said=(*said, *reading.warnings_of_tests(shown, [layer])),
            conclusion=" ".join(said[:SENTENCES]),
        )
        if len(table.layers) == 1:
            made = replace(
                made,
                header=tuple(long.header),
                records=tuple(map(tuple, long.records())),
            )
        found.append(made)
    return found


def table_of(
    sheet: Sheet, *, is_by_territory: bool = False, is_detail: bool = False
) -> parts.Table:
    """A sheet as plain values."""
    return parts.Table(
        code=sheet.code,
        caption=sheet.caption,
        note=sheet.note,
        columns=tuple(parts.Column(c.title, c.is_number) for c in sheet.columns),
        rows=tuple(tuple(cell.text for cell in row.cells) for row in sheet.rows),
        header=tuple(sheet.header),
        records=tuple(map(tuple, sheet.records())),
        is_by_territory=is_by_territory,
        is_detail=is_detail or len(sheet.rows) > LONGEST_ON_SLIDES,
    )
