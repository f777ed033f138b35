"""Workbooks written row by row, in constant memory, whatever their length.

A cell that would be run as a formula is written as the text it is. A simulated table
says so in the name of each sheet and on every line, in its first column.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jalons.files.exports import SIMULATED

MAX_ROWS = 1_048_575
"""Lines of a sheet, the header apart."""
TITLE_LENGTH = 31
CELL_LENGTH = 32_767


class TooLong(Exception):
    """The table has more lines than a sheet can hold: give it as CSV."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write; `rows` are read once."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_workbook(
    path: Path, sheets: Sequence[Sheet], *, is_simulated: bool = False
) -> list[int]:
    """Write a workbook; the number of rows of each sheet."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy hh:mm",
        "tmpdir": str(path.parent),
    }
    with Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        return [_write(book, bold, sheet, is_simulated) for sheet in sheets]


def _write(book: Workbook, bold: object, sheet: Sheet, is_simulated: bool) -> int:
    mark = [SIMULATED] if is_simulated else []
    title = " ".join([*mark, sheet.title])[:TITLE_LENGTH]
    written = book.add_worksheet(title)
    written.freeze_panes(1, 0)
    first = [_("notice")] if is_simulated else []
    for column, text in enumerate([*first, *sheet.header]):
        written.write_string(0, column, text[:CELL_LENGTH], bold)
    count = 0
    for row in sheet.rows:
        count += 1
        if count > MAX_ROWS:
            raise TooLong(sheet.title)
        for column, cell in enumerate([*mark, *row]):
            _put(written, count, column, cell)
    return count


def _put(sheet: Worksheet, line: int, column: int, cell: object) -> None:
    """Write one value; nothing at all for what is missing."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(line, column, cell[:CELL_LENGTH])
    elif isinstance(cell, datetime):
        local = localtime(cell) if cell.tzinfo else cell
        sheet.write_datetime(line, column, local.replace(tzinfo=None))
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, datetime(cell.year, cell.month, cell.day))
    elif isinstance(cell, float) and not math.isfinite(cell):
        return
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(line, column, cell)
    else:
        sheet.write_string(line, column, str(cell))
