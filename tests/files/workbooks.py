"""Files as they come, made for one test each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Feuille1">{rows}
</table:table></office:spreadsheet></office:body></office:document-content>"""


def make_csv(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def make_xlsx(*sheets: Sequence[Sequence[object]], titles: str = "ABC") -> io.BytesIO:
    """A workbook; a cell that is a function writes itself: `formula("=1+1", 2)`."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}
    workbook = xlsxwriter.Workbook(buffer, options)
    for title, rows in zip(titles, sheets, strict=False):
        sheet = workbook.add_worksheet(title)
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if callable(cell):
                    cell(sheet, line, column)
                elif cell is not None:
                    sheet.write(line, column, cell)
    workbook.close()
    buffer.seek(0)
    return buffer


def formula(text: str, saved: object):
    """A cell holding a formula, with the result a spreadsheet saved beside it."""
    return lambda sheet, line, column: sheet.write_formula(
        line, column, text, None, saved
    )


def day(value: datetime):
    """A cell shown as a date."""
    return lambda sheet, line, column: sheet.write_datetime(line, column, value)


def make_ods(rows: Sequence[Sequence[str]], *, attribute: str = "") -> io.BytesIO:
    written = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string" {attribute}>'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in cells
        )
        + "</table:table-row>"
        for cells in rows
    )
    return make_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS_CONTENT.format(rows=written),
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def make_zip(members: dict[str, str]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    buffer.seek(0)
    return buffer
