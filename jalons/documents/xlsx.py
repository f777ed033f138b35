"""The tables of a document as a workbook: one sheet a table, after a list of them.

Numbers are numbers, texts stay texts (nothing is ever run as a formula). Each sheet
says its caption, n, note and source, and the watermark when there is one, so that a
sheet sent alone still says where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from math import isfinite

from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jalons.documents.letters import as_property, written
from jalons.documents.model import (
    Cell,
    Document,
    Number,
    Records,
    Table,
    Value,
    plain,
    walk,
)
from jalons.documents.packages import without_clock
from jalons.drawing.skins import PALETTE

LONGEST_NAME = 31
"""Units of UTF-16 that spreadsheet programs allow in the name of a sheet."""
_REFUSED_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
NARROWEST, WIDEST = 10, 60
ROW_HEIGHT, TALLEST_ROW = 15, 409
"""Points: one line of text, and the most that a row may take."""

# Taken out of the file afterwards; the library writes the hour otherwise.
SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def make_xlsx(document: Document) -> bytes:
    """Write the workbook."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    with translation.override(document.language):
        _Writer(book, document).write()
    book.close()
    return without_clock(buffer.getvalue())


class _Writer:
    """Writes the list of sheets, then each sheet."""

    def __init__(self, book: Workbook, document: Document) -> None:
        self.book = book
        self.document = document
        self.strong: Format = book.add_format({"bold": True, "font_size": 12})
        self.head: Format = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.mark: Format = book.add_format(
            {"bold": True, "font_color": PALETTE["caution"]}
        )
        # Two decimals are seen; the cell holds them all.
        self.rounded: Format = book.add_format({"num_format": "#,##0.00"})
        self.folded: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.link: Format = book.add_format(
            {"font_color": PALETTE["accent"], "underline": 1, "valign": "top"}
        )

    def write(self) -> None:
        document = self.document
        self.book.set_properties(
            {
                "title": as_property(document.title),
                "subject": as_property(document.subtitle),
                "author": as_property(document.author),
                "comments": as_property(document.source_line),
                "keywords": as_property(document.watermark or ""),
                "created": SOME_MOMENT,
            }
        )
        tables = [one for one in walk(document.sections) if isinstance(one, Table)]
        contents = self.book.add_worksheet(_("Contents"))
        names = [_name(at, one) for at, one in enumerate(tables, start=1)]
        self.contents(contents, list(zip(names, tables, strict=True)))
        for name, table in zip(names, tables, strict=True):
            self.sheet(self.book.add_worksheet(name), table)

    def contents(self, sheet: Worksheet, listed: Sequence[tuple[str, Table]]) -> None:
        document = self.document
        sheet.set_column(0, 0, LONGEST_NAME + 4)
        sheet.set_column(1, 2, WIDEST)
        row = self.top(sheet, document.title)
        for line in (document.subtitle, document.author, document.date_line):
            row = self.line(sheet, row, line)
        row = self.line(sheet, row, document.source_line) + 1
        for column, title in enumerate((_("Sheet"), _("Table"), _("Source"))):
            sheet.write_string(row, column, title, self.head)
        for at, (name, table) in enumerate(listed, start=row + 1):
            sheet.write_url(at, 0, f"internal:'{name}'!A1", self.link, name)
            sheet.write_string(at, 1, written(table.caption), self.folded)
            sheet.write_string(at, 2, written(self.source(table)), self.folded)
            longest = max(len(table.caption), len(self.source(table)))
            sheet.set_row(at, _height(longest, WIDEST))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def sheet(self, sheet: Worksheet, table: Table) -> None:
        records = table.records or _records(table)
        widths = list(_widths(records))
        row = self.top(sheet, table.caption)
        source = _("Source: %(source)s.") % {"source": self.source(table)}
        for text in (table.note, source, self.document.date_line):
            row = self.fold(sheet, row, text, widths)
        for column, title in enumerate(records.header):
            sheet.write_string(row, column, written(title), self.head)
        for at, values in enumerate(records.rows, start=row + 1):
            for column, value in enumerate(values):
                self.value(sheet, at, column, value)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def top(self, sheet: Worksheet, title: str) -> int:
        """The title, and above all the mark of what is simulated."""
        row = 0
        if mark := self.document.watermark:
            sheet.write_string(0, 0, written(mark), self.mark)
            # An & begins a code of the header.
            sheet.set_header(f"&C{written(mark).replace('&', '')}")
            row = 1
        sheet.write_string(row, 0, written(title), self.strong)
        return row + 1

    def line(self, sheet: Worksheet, row: int, text: str) -> int:
        if not text:
            return row
        sheet.write_string(row, 0, written(text))
        return row + 1

    def fold(self, sheet: Worksheet, row: int, text: str, widths: Sequence[int]) -> int:
        """A sentence over the columns of the table, on as many lines as it takes."""
        if not text or len(widths) < 2:
            return self.line(sheet, row, text)
        sheet.merge_range(row, 0, row, len(widths) - 1, written(text), self.folded)
        sheet.set_row(row, _height(len(text), sum(widths)))
        return row + 1

    def value(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, written(value))
        elif value is not None and isfinite(value):
            shown = None if value == int(value) else self.rounded
            sheet.write_number(row, column, value, shown)

    def source(self, table: Table) -> str:
        records = table.records.source if table.records else ""
        return records or table.source or self.document.source_line


def _name(number: int, table: Table) -> str:
    """Unique and short: its number, and the beginning of the caption."""
    words = _REFUSED_IN_NAMES.sub(" ", written(table.caption)).strip()
    return cut_name(" ".join(f"{number} {words}".split())).strip()


def cut_name(name: str) -> str:
    """The beginning that fits; a letter that takes two units is never cut in two.

    >>> len(cut_name("é" * 40)), len(cut_name("𐀀" * 40))
    (31, 15)
    """
    units = name.encode("utf-16-le", errors="replace")[: 2 * LONGEST_NAME]
    return units.decode("utf-16-le", errors="ignore")


def _records(table: Table) -> Records:
    """The cells as values; a column of drawings holds nothing to keep."""
    kept = table.worded_columns
    header = [table.header[column] for column in kept]
    return Records(header, [[_value(row[c]) for c in kept] for row in table.rows])


def _value(cell: Cell) -> Value:
    return cell.value if isinstance(cell, Number) else plain(cell)


def _height(letters: int, width: int) -> int:
    """Of a row that holds a folded text."""
    return min(ROW_HEIGHT * -(-letters // width), TALLEST_ROW)


def _widths(records: Records) -> Iterator[int]:
    for column, title in enumerate(records.header):
        texts = [str(row[column]) for row in records.rows]
        longest = max(map(len, [title, *texts]))
        yield min(max(longest + 2, NARROWEST), WIDEST)
