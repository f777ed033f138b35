"""The XML inside a workbook (ECMA-376), as little of it as a plain table needs.

Texts lie in their own cell ("inline strings") rather than in a list shared by the
sheets, which a writer in constant memory could not know before the end. Characters
that XML refuses are written `_x000B_`, as spreadsheet programs do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from django.utils.timezone import localtime

CELL_LENGTH = 32_767
"""Letters that a cell can hold."""
MOST_REMEMBERED = 4_096
"""Texts whose XML is kept: most cells repeat a few codes."""

PLAIN, BOLD, MOMENT, DAY = range(4)
"""Styles of a cell, in the order of `STYLES`."""

_DAY_ZERO = datetime(1899, 12, 30)
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

ROOT = (
    f'{_START}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)
STYLES = (
    f'{_START}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">'
    '<xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>'
    '<xf xfId="0" numFmtId="164" applyNumberFormat="1"/>'
    '<xf xfId="0" numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)
BEGINNING = (
    f'{_START}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)
END = "</sheetData></worksheet>"


def content_types(count: int) -> str:
    """What each part of a workbook of `count` sheets is."""
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        f' ContentType="{_TYPE}.worksheet+xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_START}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml"'
        f' ContentType="{_TYPE}.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml"'
        f' ContentType="{_TYPE}.styles+xml"/>{sheets}</Types>'
    )


def workbook(titles: Sequence[str]) -> str:
    """The sheets and their names."""
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(titles, start=1)
    )
    return (
        f'{_START}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews>'
        f"<workbookView/></bookViews><sheets>{sheets}</sheets></workbook>"
    )


def relationships(count: int) -> str:
    """Where each sheet lies, and the styles."""
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_START}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}'
        f'<Relationship Id="rId{count + 1}" Type="{_OFFICE}/styles"'
        ' Target="styles.xml"/></Relationships>'
    )


def row(line: int, cells: Iterable[object], style: int = PLAIN) -> str:
    """One line; a missing value leaves no cell.

    >>> row(3, [None, 2.5])
    '<row r="3"><c r="B3"><v>2.5</v></c></row>'
    """
    written = [
        f'<c r="{_letters(column)}{line}"'
        f"{_text(cell, style) if type(cell) is str else _content(cell)}"
        for column, cell in enumerate(cells)
        if cell is not None and cell != ""
    ]
    return f'<row r="{line}">{"".join(written)}</row>'


def _content(cell: object) -> str:
    """What a cell holds, when it is not a text."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"><v>{cell}</v></c>" if math.isfinite(cell) else "/>"
    if isinstance(cell, Decimal):
        return f"><v>{cell:f}</v></c>" if cell.is_finite() else "/>"
    if isinstance(cell, datetime):
        local = localtime(cell) if cell.tzinfo else cell
        return f' s="{MOMENT}"><v>{_days(local.replace(tzinfo=None))}</v></c>'
    if isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day)
        return f' s="{DAY}"><v>{_days(moment)}</v></c>'
    return _text(str(cell), PLAIN)


@lru_cache(MOST_REMEMBERED)
def _text(text: str, style: int) -> str:
    """A text, never a formula whatever it begins with."""
    kept = escape(_REFUSED.sub(_as_code, text[:CELL_LENGTH]))
    space = "" if text == text.strip() else ' xml:space="preserve"'
    marked = f' s="{style}"' if style else ""
    return f'{marked} t="inlineStr"><is><t{space}>{kept}</t></is></c>'


def _as_code(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _days(moment: datetime) -> float:
    """Days since the first one of spreadsheet programs, hours as a fraction."""
    return (moment - _DAY_ZERO).total_seconds() / 86_400


@lru_cache(MOST_REMEMBERED)
def _letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name
