"""CSV made to be opened in a spreadsheet by somebody who will not set anything up.

The convention is that of a spreadsheet in French: UTF-8 with its mark, semicolons,
decimal commas (with a point, 1.5 becomes the first of May). Dates are ISO 8601. A text
that a spreadsheet would run as a formula is preceded by an apostrophe (OWASP, "CSV
injection"). Programs read it with ``sep=";", decimal=","``.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from numbers import Integral, Real

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

DELIMITER = ";"
BYTE_ORDER_MARK = "\ufeff"
# Lines sent together: few enough to keep memory flat, enough to be quick.
LINES_IN_A_BLOCK = 500
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
STARTS = frozenset(FORMULA_STARTS)
SIMULATED = "SIMULÉ"


def stream_csv(
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    is_simulated: bool = False,
) -> StreamingHttpResponse:
    """A CSV file sent as it is written, in constant memory.

    Give `rows` as a generator over ``queryset.iterator()``. A simulated table says
    so on every line, in its first column.
    """
    response = StreamingHttpResponse(
        csv_blocks(header, rows, is_simulated=is_simulated),
        content_type="text/csv; charset=utf-8",
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def csv_blocks(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    is_simulated: bool = False,
) -> Iterator[str]:
    """The text of the file, in blocks of some hundred lines."""
    lines: Iterable[Sequence[object]] = chain([header], rows)
    if is_simulated:
        lines = _marked(lines)
    lines, mark = iter(lines), BYTE_ORDER_MARK
    while block := list(islice(lines, LINES_IN_A_BLOCK)):
        text = io.StringIO(newline="")
        text.write(mark)
        csv.writer(text, delimiter=DELIMITER).writerows(map(_texts, block))
        yield text.getvalue()
        mark = ""


def _texts(line: Sequence[object]) -> list[str]:
    """The texts of a line; those that are plain already, the most part, at once."""
    return [
        cell if type(cell) is str and cell[:1] not in STARTS else cell_text(cell)
        for cell in line
    ]


def cell_text(cell: object) -> str:
    """One value as it is written: nothing for what is missing, never a formula.

    Numbers are given as numbers: the text "-5" would get its apostrophe.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, Integral):
        return str(cell)
    if isinstance(cell, Real | Decimal):
        return "" if math.isnan(cell) else str(cell).replace(".", ",")
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _marked(lines: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    first = iter(lines)
    yield (_("notice"), *next(first))
    for line in first:
        yield (SIMULATED, *line)
