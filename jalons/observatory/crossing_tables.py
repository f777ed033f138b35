"""The tables of the crossings and of the two facilitators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from jalons.observatory import link_readings, readings, sentences
from jalons.observatory.results import Crossing, Figures, Line, Link
from jalons.observatory.sheets import (
    Cell,
    Column,
    Row,
    Sheet,
    base_cell,
    common_top,
    count_column,
    name,
    name_column,
    share_and_count,
    share_cells,
    share_columns,
)
from jalons.observatory.words import TITLES, VARIABLES, Words


def pivot(crossing: Crossing, words: Words, figures: Figures) -> Sheet:
    """The whole crossing: shares of each row with their counts, and n."""
    lines = (*crossing.lines, crossing.total)
    columns = (
        name_column(words.row_title(crossing)),
        count_column(_("n")),
        *(
            Column(label, (label, _("%(label)s (%%)") % {"label": label}), True)
            for label in (
                words.label(crossing.column_variable, code) for code in crossing.columns
            )
        ),
    )
    rows = tuple(
        Row(
            (
                name(words.label(crossing.row_variable, line.label)),
                base_cell(line.n),
                *(share_and_count(found) for found in line.cells),
            )
        )
        for line in lines
    )
    note = readings.crossing_base(crossing, figures)
    return Sheet(crossing.code, crossing_title(crossing), columns, rows, note)


def crossing_title(crossing: Crossing) -> str:
    title = readings.titled(crossing.column_variable, crossing.row_variable)
    return sentences.raised(title)


def short_title(crossing: Crossing) -> str:
    """For a list to choose from: "Progress × density"."""
    return _("%(columns)s × %(rows)s") % {
        "columns": TITLES[crossing.column_variable],
        "rows": sentences.lowered(str(TITLES[crossing.row_variable])),
    }


def focus(crossing: Crossing, words: Words, figures: Figures) -> Sheet | None:
    """The columns read, row by row, with intervals; None without a reading."""
    if crossing.reading is None:
        return None
    columns = sentences.quoted(
        words, crossing.column_variable, crossing.reading.columns
    )
    return Sheet(
        f"{crossing.code}-lecture",
        _("Share of EPCI classed %(classes)s, by %(rows)s")
        % {"classes": columns, "rows": VARIABLES[crossing.row_variable]},
        (name_column(words.row_title(crossing)), *share_columns()),
        _share_rows(crossing.reading.lines, crossing.row_variable, words),
        readings.crossing_base(crossing, figures),
    )


def _share_rows(lines: Sequence[Line], variable: str, words: Words) -> tuple[Row, ...]:
    top = common_top(found for line in lines for found in line.cells)
    return tuple(
        Row(
            (
                name(words.label(variable, line.label)),
                *share_cells(line.cells[0], top=top),
            )
        )
        for line in lines
    )


def intervals_sheet(crossing: Crossing, words: Words) -> Sheet:
    """Every cell of a crossing on its own line, with its interval."""
    rows = [
        Row(
            (
                name(words.label(crossing.row_variable, line.label)),
                name(words.label(crossing.column_variable, code)),
                *share_cells(found),
            )
        )
        for line in crossing.lines
        if line.n != 0
        for code, found in zip(crossing.columns, line.cells, strict=True)
    ]
    columns = (
        name_column(words.row_title(crossing)),
        name_column(sentences.raised(str(VARIABLES[crossing.column_variable]))),
        *share_columns(),
    )
    caption = _("%(title)s: each share with its interval") % {
        "title": crossing_title(crossing)
    }
    return Sheet(f"{crossing.code}-intervalles", caption, columns, tuple(rows))


def links(figures: Figures, words: Words) -> Sheet:
    """The four pairs of questions: the outcome with the facilitator, and without."""
    rows = [
        Row(
            (
                _pair(label, value, link, words),
                *(replace(cell, drawing=None) for cell in share_cells(found)),
            )
        )
        for link in figures.links
        for label, value, found in (
            (_("%(outcome)s, with: %(facilitator)s"), _("%(name)s: yes"), link.yes),
            (_("%(outcome)s, without: %(facilitator)s"), _("%(name)s: no"), link.no),
        )
    ]
    columns = (
        Column(
            _("What goes with what"), (_("What is in place"), _("What goes with it"))
        ),
        *share_columns(),
    )
    caption = _("Do coordination and sponsorship go with a strategy?")
    note = link_readings.base(figures)
    return Sheet("leviers", caption, columns, tuple(rows), note)


def _pair(label: str, value: str, link: Link, words: Words) -> Cell:
    """Both questions in the cell that names the row: a phone has room for no more."""
    facilitator, outcome = words.side(link.facilitator), words.side(link.outcome)
    said = {"outcome": outcome, "facilitator": sentences.lowered(facilitator)}
    return Cell(label % said, (value % {"name": facilitator}, outcome))
