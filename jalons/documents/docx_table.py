"""A table of a word processor's document: its header repeats on every page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length
from docx.table import Table as Grid
from docx.table import _Cell, _Row

from jalons.documents import docx_style as style
from jalons.documents.letters import written
from jalons.documents.model import Cell, Graphic, Number, Table, plain
from jalons.documents.pictures import Picture

ALIGNMENTS = {
    "start": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
}
DRAWING_HEIGHT = Inches(0.14)
PADDING = 3
"""Letters that the margins of a cell, and bold titles, take."""
NARROWEST, WIDEST = 6, 40
"""Letters given to the narrowest and to the widest column of short texts."""
SHORT = 20
"""Lines of the rows of a table that stays together on a page, with its caption."""
USUAL = 0.9
"""Share of the rows whose text a column tries to keep on one line."""
LONG = 160
"""Letters of a text that is a paragraph: its column takes twice as much."""
LINE, DRAWN = 96, 14
"""Letters of a whole line, and those that a drawing is as wide as."""


def add_table(made: Docx, table: Table, drawn: Mapping[str, Picture]) -> None:
    """Write a table; rows are never cut between two pages."""
    across = len(table.header)
    grid = made.add_table(rows=1 + len(table.rows), cols=across)
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    grid.autofit = False
    _set_borders(grid)
    _describe(grid, table)
    # Read once: the library walks the whole table each time it is asked for cells.
    cells, rows = grid._cells, list(grid.rows)
    letters = _letters(table)
    widths = [Length(int(style.TEXT_WIDTH * one / sum(letters))) for one in letters]
    is_short = _lines(table, letters) <= SHORT
    for at, cell in enumerate(cells):
        row, column = divmod(at, across)
        cell.width = widths[column]
        line = cell.paragraphs[0]
        if row:
            _fill(cell, table.rows[row - 1][column], drawn)
        else:
            line.style = "Cell Header"
            line.add_run(written(table.header[column]))
        line.alignment = _alignment(table, column)
        if is_short and row < len(table.rows):
            line.paragraph_format.keep_with_next = True
    for grid_column, width in zip(grid.columns, widths, strict=True):
        grid_column.width = width
    _flag(rows[0], "w:tblHeader")
    for row_of_cells in rows:
        _flag(row_of_cells, "w:cantSplit")


def _fill(place: _Cell, cell: Cell, drawn: Mapping[str, Picture]) -> None:
    line = place.paragraphs[0]
    line.style = "Cell"
    match cell:
        case Graphic(svg):
            style.add_picture(line, drawn[str(svg)], DRAWING_HEIGHT)
        case Number(text, _):
            line.add_run(written(text))
        case _:
            style.set_runs(line, cell)


def _alignment(table: Table, column: int) -> WD_ALIGN_PARAGRAPH:
    return ALIGNMENTS[table.alignment(column)]


def _lines(table: Table, letters: Sequence[float]) -> int:
    """About how many lines the rows take, their texts folded in their columns."""
    return sum(
        max(
            ceil(len(plain(cell)) / (room - PADDING))
            for cell, room in zip(row, letters, strict=True)
        )
        for row in table.rows
    )


def _letters(table: Table) -> list[float]:
    """Letters of the line given to each column: each holds its longest word, then what
    is left goes to those whose text is longer still."""
    columns = range(len(table.header))
    least = [_longest_word(table, column) for column in columns]
    more = [
        max(_longest_text(table, column) - word, 0)
        for column, word in zip(columns, least, strict=True)
    ]
    left = max(LINE - sum(least), 0)
    share = min(left / sum(more), 1) if sum(more) else 0
    return [word + share * extra for word, extra in zip(least, more, strict=True)]


def _longest_word(table: Table, column: int) -> int:
    """Letters that no line may cut: no-break spaces hold words together."""
    texts = [table.header[column], *(plain(row[column]) for row in table.rows)]
    drawn = DRAWN if _has_drawing(table, column) else 0
    words = (len(word) for text in texts for word in re.split(r"[ \n]", text))
    return PADDING + max([drawn, NARROWEST - PADDING, *words])


def _longest_text(table: Table, column: int) -> int:
    """What the texts of a column ask for: more when they are paragraphs."""
    lengths = sorted(len(plain(row[column])) for row in table.rows)
    if not lengths:
        return PADDING
    if lengths[-1] > LONG:
        return PADDING + 2 * WIDEST
    # A few long names may fold, so that a line of most rows does not.
    return PADDING + min(lengths[int(USUAL * (len(lengths) - 1))], WIDEST)


def _has_drawing(table: Table, column: int) -> bool:
    return any(isinstance(row[column], Graphic) for row in table.rows)


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _describe(grid: Grid, table: Table) -> None:
    """Say the caption to those who reach the table without reading around it."""
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), written(table.caption))
    grid._tbl.tblPr.append(element)


def _set_borders(grid: Grid) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        border = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("color", "DDD7C9")):
            border.set(qn(f"w:{key}"), value)
        borders.append(border)
    grid._tbl.tblPr.append(borders)
