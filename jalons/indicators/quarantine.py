"""Rows left out of a file of figures, kept whole so that they can be mended.

The file is read a second time, row by row: only the lines to keep were remembered. A
mended file is given again whole, since it takes the place of the one of its year.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.files.exports import csv_blocks
from jalons.indicators.ground import CommuneNames, read_names
from jalons.indicators.orders import Order
from jalons.indicators.producers.layouts import BadRow, Layout, Row
from jalons.indicators.reading import tables
from jalons.indicators.reports import LeftOut, Report

# Written before our columns, so that they are not taken for those of the producer.
NOTE = "Jalons"


def blocks(order: Order, file: BinaryIO, report: Report) -> Iterator[str]:
    """The rows as CSV: line, column, reason and mend, then the cells as they were."""
    columns = dict.fromkeys(
        column
        for table in report.tables
        for column in table.left_out.columns
        if column and not column.startswith(NOTE)
    )
    ours = (_("line in the file"), _("column to correct"), _("reason, and the mend"))
    header = (*(f"{NOTE}\u00a0: {title}" for title in ours), *columns)
    rows = (
        (line, field, reason, *(row.get(column, "") for column in columns))
        for line, field, reason, row in _rows(order, file, report)
    )
    return csv_blocks(header, rows)


def set_aside(order: Order, file: BinaryIO, report: Report) -> Path:
    """Write the rows in the run-time folder; the path to give to the user."""
    folder = Path(settings.VAR_DIR) / "quarantine"
    folder.mkdir(parents=True, exist_ok=True)
    moment = timezone.now().strftime("%Y%m%d-%H%M%S")
    path = folder / f"{order.source}-{moment}.csv"
    with path.open("w", encoding="utf-8", newline="") as written:
        path.chmod(0o600)
        written.writelines(blocks(order, file, report))
    return path


def _rows(
    order: Order, file: BinaryIO, report: Report
) -> Iterator[tuple[int, str, str, Row]]:
    by_table = {table.table: table.left_out for table in report.tables}
    names = read_names()
    unknown = _("This code is that of no territory: correct it, or take it out.")
    for table in tables(file, order.name, order.recognise()):
        kept = by_table.get(table.name, LeftOut())
        for line, row in table.rows if kept else ():
            if problem := kept.lines.get(line):
                yield line, problem.field, problem.message, row
            elif not kept.codes.isdisjoint(_codes(table.layout, row, names)):
                yield line, table.layout.code_column, unknown, row


def _codes(layout: Layout, row: Row, names: CommuneNames) -> list[str]:
    """The codes of a row that counts."""
    if not layout.keeps(row):
        return []
    try:
        prepared = layout.prepare(row)
        if layout.codes is not None:
            return list(layout.codes(prepared, names))
    except BadRow:
        return []
    return [prepared[layout.code_column].strip()]
