"""A table of a word processor's document: its header repeats on every page."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length
from docx.table import Table as Grid
from docx.table import _Cell, _Row

from jalons.documents import docx_style as style
from jalons.documents.columns import is_short, letters_across
from jalons.documents.letters import written
from jalons.documents.model import Cell, Graphic, Number, Table
from jalons.documents.pictures import Picture

ALIGNMENTS = {
    "start": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
}
DRAWING_HEIGHT = Inches(0.14)


def add_table(made: Docx, table: Table, drawn: Mapping[str, Picture]) -> None:
    """Write a table; rows are never cut between two pages."""
    across = len(table.header)
    grid = made.add_table(rows=1 + len(table.rows), cols=across)
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    grid.autofit = False
    _set_borders(grid)
    _set_margins(grid)
    _describe(grid, table)
    # Read once: the library walks the whole table each time it is asked for cells.
    cells, rows = grid._cells, list(grid.rows)
    letters = letters_across(table)
    widths = [Length(int(style.TEXT_WIDTH * one / sum(letters))) for one in letters]
    is_together = is_short(table, letters)
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
        if is_together and row < len(table.rows):
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


def _set_margins(grid: Grid) -> None:
    """The first column starts where the text above it does."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("left", "0"), ("right", "115")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)
