"""One reader of tables for the whole product: CSV, XLSX, ODS.

    table = read_table(stored.file)
    for line, row in table.rows:
        row["code_insee"]

Every value is text, as it would stand in a CSV file; an empty text is a missing value.
Nothing is guessed in silence: what had to be supposed is in `remarks`, to be shown;
what cannot be known is refused by UnreadableFile, whose text is for the person who
made the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.base import File
from django.utils.translation import gettext as _

from jalons.files.delimited import open_delimited
from jalons.files.grid import Grid, UnreadableFile
from jalons.files.workbooks import is_workbook, open_workbook

__all__ = ["Table", "UnreadableFile", "read_table"]

MAX_ROWS = 1_000_000
MAX_COLUMNS = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns, and lines given one at a time: (number in the file, values).

    `encoding` and `delimiter` are empty for a workbook. `rows` can be read once, and
    raises UnreadableFile at the line that is at fault.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, dict[str, str]]]
    encoding: str
    delimiter: str
    remarks: tuple[str, ...]


def read_table(
    source: Path | BinaryIO | File, *, name: str = "", sheet: str = ""
) -> Table:
    """Read a table whose first line that is not empty names the columns.

    `name` is what the user calls the file; `sheet` is one sheet of a workbook, the
    first visible one by default. A file given open stays open. Raises UnreadableFile.
    """
    name = name or Path(str(getattr(source, "name", "") or "")).name
    if not isinstance(source, Path):
        return _read(cast(BinaryIO, source), name, sheet, closes=False)
    file = source.open("rb")
    try:
        return _read(file, name, sheet, closes=True)
    except UnreadableFile:
        file.close()
        raise


def _read(file: BinaryIO, name: str, sheet: str, *, closes: bool) -> Table:
    file.seek(0)
    start = file.read(8)
    if not start:
        raise UnreadableFile(_("The file is empty. Export it again."), name=name)
    if is_workbook(start):
        grid = open_workbook(file, name, sheet)
    else:
        grid = open_delimited(file, name)
    rows = _rows(grid, name, file if closes else None)
    _line, header = next(rows)
    return Table(
        columns=tuple(header),
        rows=rows,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        remarks=grid.remarks,
    )


def _rows(
    grid: Grid, name: str, owned: BinaryIO | None
) -> Iterator[tuple[int, dict[str, str]]]:
    """The header first, then the lines; stopping in between leaves no open file."""
    try:
        line, columns = _columns(grid, name)
        yield line, {column: column for column in columns}
        filled = ((line, cells) for line, cells in grid.rows if any(cells))
        for count, (line, cells) in enumerate(filled, start=1):
            if count > MAX_ROWS:
                message = _("The table has more than %(n)s lines. Split the file.")
                raise UnreadableFile(message % {"n": MAX_ROWS}, name=name, line=line)
            _refuse_ragged(grid, cells, columns, name, line)
            cells += [""] * (len(columns) - len(cells))
            yield line, dict(zip(columns, cells, strict=False))
    finally:
        grid.rows.close()
        if owned is not None:
            owned.close()


def _columns(grid: Grid, name: str) -> tuple[int, list[str]]:
    line, cells = next(((n, row) for n, row in grid.rows if any(row)), (0, []))
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        message = _("The sheet is empty. Check which sheet was exported.")
        raise UnreadableFile(message, name=name)
    if len(cells) > MAX_COLUMNS:
        message = _("The table has more than %(n)d columns. Remove those not needed.")
        raise UnreadableFile(message % {"n": MAX_COLUMNS}, name=name, line=line)
    for position, cell in enumerate(cells, start=1):
        if not cell:
            message = _("Column number %(n)d has no name. Name it, or remove it.")
            raise UnreadableFile(message % {"n": position}, name=name, line=line)
        if cell in cells[: position - 1]:
            message = _("Two columns have this name. Rename one of them.")
            raise UnreadableFile(message, name=name, line=line, column=cell)
    return line, cells


def _refuse_ragged(
    grid: Grid, cells: list[str], columns: list[str], name: str, line: int
) -> None:
    """A line of another width means shifted columns: every value would be wrong."""
    is_short = len(cells) < len(columns) and not grid.is_padded
    is_long = any(cells[len(columns) :])
    if not is_short and not is_long:
        return
    message = _(
        "This line has %(found)d cells, the first one %(expected)d. A separator is "
        "missing or too many, or stands inside a cell without quotation marks."
    ) % {"found": len(cells), "expected": len(columns)}
    raise UnreadableFile(message, name=name, line=line)
