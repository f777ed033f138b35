"""The figures of a portrait to be worked on: as a workbook, as CSV and for programs.

A workbook holds no sentence: what the page says in words (score, place, definitions)
is a table of its own, so that each figure can be answered for without the page.
"""

from __future__ import annotations

import json
from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _

from jalons.diagnosis import index_sheets, words
from jalons.diagnosis.documents import Team, portrait
from jalons.diagnosis.reading import Reading
from jalons.documents.model import Document, Section
from jalons.indicators.models import Indicator
from jalons.observatory.documents import table_of
from jalons.observatory.sheets import Column, Row, Sheet, name


def workbook(shown: Reading, team: Team | None = None) -> Document:
    """The portrait, with its place in the index and the definitions as tables."""
    made = portrait(shown, team)
    added = [table_of(one) for one in (score(shown), definitions(shown)) if one]
    section = Section(_("What each figure measures, and what it does not"), added)
    return replace(made, sections=[*made.sections, section])


def sheet_of(shown: Reading, code: str) -> Sheet:
    """A table by its code; 404 when there is none."""
    found = next((one for one in sheets_of(shown) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def sheets_of(shown: Reading) -> list[Sheet]:
    """The tables of a portrait."""
    every = (
        *(shown.key_figures, shown.publics, shown.supports),
        *(shown.axes, shown.lines, score(shown), definitions(shown)),
    )
    return [one for one in every if one]


def score(shown: Reading) -> Sheet | None:
    return index_sheets.summary(shown.portrait.standing)


def definitions(shown: Reading) -> Sheet:
    """What each figure answers, what it does not measure, whether it was reviewed."""
    standing = shown.portrait.standing
    codes = [one.code for one in shown.origins]
    codes += [one.indicator for one in standing.lines] if standing else []
    found = Indicator.objects.select_related("source").in_bulk(dict.fromkeys(codes))
    titles = (
        *(_("indicator"), _("figure"), _("question"), _("limits")),
        *(_("direction"), _("version"), _("source"), _("licence"), _("review")),
    )
    rows = [_definition(found[one]) for one in dict.fromkeys(codes) if one in found]
    return Sheet(
        code="definitions",
        caption=_("What each figure measures, and what it does not"),
        columns=tuple(Column(one, (one,)) for one in titles),
        rows=tuple(Row(tuple(name(one) for one in row)) for row in rows),
    )


def _definition(one: Indicator) -> tuple[str, ...]:
    review = _("reviewed") if one.is_reviewed else _("definition not reviewed")
    return (
        *(one.code, one.label, words.localised(one.question)),
        *(words.localised(one.limits), str(one.get_direction_display())),
        *(str(one.version), one.source.full_title, one.source.licence, review),
    )


def json_text(shown: Reading) -> str:
    """Every table as one JSON object; `null` is not known, never zero."""
    territory = shown.portrait.territory
    told = {
        "territory": {"code": territory.code, "name": territory.name},
        "described": shown.portrait.described.code,
        "caution": shown.borrowed,
        "source": shown.source,
        "tables": [_object_of(one) for one in sheets_of(shown)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _object_of(sheet: Sheet) -> dict[str, object]:
    return {
        "code": sheet.code,
        "title": sheet.caption,
        "source": sheet.source,
        "note": sheet.note,
        "columns": sheet.header,
        "rows": [[*record] for record in sheet.records()],
    }
