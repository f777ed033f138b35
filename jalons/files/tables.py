"""One reader of tables for the whole product: CSV, XLSX, ODS, submissions as JSON.

    table = read_table(stored.file)
    for line, row in table.rows:
        row["code_insee"]

Every value is text, as it would stand in a CSV file; an empty text is a missing value.
Nothing is guessed in silence: what had to be supposed is in `remarks`, to be shown;
what cannot be known is refused by UnreadableFile, whose text is for the person who
made the file.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal, cast

from django.core.files.base import File
from django.utils.translation import gettext as _

from jalons.files.delimited import open_delimited
from jalons.files.grid import Grid, UnreadableFile
from jalons.files.submissions import is_json, open_submissions
from jalons.files.workbooks import is_workbook, open_workbook, visible_sheets

__all__ = ["Duplicates", "Table", "UnreadableFile", "first_lines", "read_table"]

MAX_ROWS = 1_000_000
MAX_COLUMNS = 2_000
START_LENGTH = 64
"""Bytes that tell the kind of a file."""
Source = Path | BinaryIO | File
Duplicates = Literal["refused", "numbered"]
"""Two columns of one name: refused, or the second one read as “name (2)”, and said."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table lies in its file; by default, from the first line filled in."""

    header_line: int | None = None
    sheet: str = ""
    duplicates: Duplicates = "refused"
    ragged: dict[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns, and lines given one at a time: (number in the file, values).

    `encoding` and `delimiter` are empty for a workbook. `rows` can be read once, and
    raises UnreadableFile at the line that is at fault.
    """

    columns: tuple[str, ...]
    rows: Generator[tuple[int, dict[str, str]]]
    encoding: str
    delimiter: str
    remarks: tuple[str, ...]


def read_table(
    source: Source,
    *,
    name: str = "",
    sheet: str = "",
    header_line: int | None = None,
    duplicates: Duplicates = "refused",
    ragged: dict[int, str] | None = None,
) -> Table:
    """Read a table; its columns are named by `header_line`, or the first line filled.

    `name` is what the user calls the file; `sheet` is one sheet of a workbook, the
    first visible one by default. A file given open stays open. A line of another width
    is refused; or, when `ragged` is given, it is told there by its number with the
    reason, and stands whole in the first column. Raises UnreadableFile.
    """
    name = _name_of(source, name)
    layout = Layout(header_line, sheet, duplicates, ragged)
    if not isinstance(source, Path):
        return _read(cast(BinaryIO, source), name, layout, closes=False)
    file = source.open("rb")
    try:
        return _read(file, name, layout, closes=True)
    except UnreadableFile:
        file.close()
        raise


def first_lines(
    source: File | BinaryIO, *, name: str = "", sheet: str = "", count: int = 10
) -> list[tuple[int, list[str]]]:
    """The first lines filled in, as they stand, to ask which one names the columns."""
    grid = _grid(cast(BinaryIO, source), _name_of(source, name), sheet)
    try:
        filled = ((line, cells) for line, cells in grid.rows if any(cells))
        return list(islice(filled, 1 if grid.is_named else count))
    finally:
        grid.rows.close()


def sheets_of(source: File | BinaryIO, *, name: str = "") -> tuple[str, ...]:
    """The sheets of a workbook that can be read; none for a text file."""
    file = cast(BinaryIO, source)
    file.seek(0)
    if not is_workbook(file.read(8)):
        return ()
    return visible_sheets(file, _name_of(source, name))


def _name_of(source: Source, name: str) -> str:
    return name or Path(str(getattr(source, "name", "") or "")).name


def _grid(file: BinaryIO, name: str, sheet: str) -> Grid:
    file.seek(0)
    start = file.read(START_LENGTH)
    if not start:
        raise UnreadableFile(_("The file is empty. Export it again."), name=name)
    if is_workbook(start):
        return open_workbook(file, name, sheet)
    if is_json(start):
        return open_submissions(file, name)
    return open_delimited(file, name)


def _read(file: BinaryIO, name: str, layout: Layout, *, closes: bool) -> Table:
    grid = _grid(file, name, layout.sheet)
    remarks = list(grid.remarks)
    rows = _rows(grid, name, layout, remarks, file if closes else None)
    _line, header = next(rows)
    return Table(
        columns=tuple(header),
        rows=rows,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        remarks=tuple(remarks),
    )


def _rows(
    grid: Grid, name: str, layout: Layout, remarks: list[str], owned: BinaryIO | None
) -> Generator[tuple[int, dict[str, str]]]:
    """The header first, then the lines; stopping in between leaves no open file."""
    try:
        line, columns = _columns(grid, name, layout, remarks)
        _refuse_merged(grid, name, line)
        yield line, {column: column for column in columns}
        filled = ((line, cells) for line, cells in grid.rows if any(cells))
        for count, (line, cells) in enumerate(filled, start=1):
            if count > MAX_ROWS:
                message = _("The table has more than %(n)s lines. Split the file.")
                raise UnreadableFile(message % {"n": MAX_ROWS}, name=name, line=line)
            if reason := _why_ragged(grid, cells, columns):
                if layout.ragged is None:
                    raise UnreadableFile(reason, name=name, line=line)
                layout.ragged[line] = reason
                cells = [(grid.delimiter or ";").join(cells)]
            cells += [""] * (len(columns) - len(cells))
            yield line, dict(zip(columns, cells, strict=False))
    finally:
        grid.rows.close()
        if owned is not None:
            owned.close()


def _columns(
    grid: Grid, name: str, layout: Layout, remarks: list[str]
) -> tuple[int, list[str]]:
    wanted = 1 if grid.is_named else layout.header_line or 1
    lines = ((n, row) for n, row in grid.rows if n >= wanted and any(row))
    line, cells = next(lines, (0, []))
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        message = _("The sheet is empty. Check which sheet was exported.")
        raise UnreadableFile(message, name=name)
    if len(cells) > MAX_COLUMNS:
        message = _("The table has more than %(n)d columns. Remove those not needed.")
        raise UnreadableFile(message % {"n": MAX_COLUMNS}, name=name, line=line)
    _refuse_nameless(cells, name, line)
    return line, _told_apart(cells, name, line, layout, remarks)


def _refuse_nameless(cells: list[str], name: str, line: int) -> None:
    if "" in cells:
        message = _("Column number %(n)d has no name. Name it, or remove it.")
        position = cells.index("") + 1
        raise UnreadableFile(message % {"n": position}, name=name, line=line)


def _told_apart(
    cells: list[str], name: str, line: int, layout: Layout, remarks: list[str]
) -> list[str]:
    """The names of the columns, each once."""
    known: dict[str, int] = {}
    columns: list[str] = []
    for cell in cells:
        known[cell] = known.get(cell, 0) + 1
        if known[cell] > 1 and layout.duplicates == "refused":
            message = _("Two columns have this name. Rename one of them.")
            raise UnreadableFile(message, name=name, line=line, column=cell)
        columns.append(cell if known[cell] == 1 else f"{cell} ({known[cell]})")
    if twice := [cell for cell, count in known.items() if count > 1]:
        remark = _(
            "Several columns have the same name: the second is read as “%(column)s (2)”"
            ", and so on. Names concerned: %(columns)s."
        )
        details = {"column": twice[0], "columns": ", ".join(twice)}
        remarks.append(remark % details)
    return columns


def _refuse_merged(grid: Grid, name: str, header: int) -> None:
    """Only the first cell of a merged block holds the value: the others read empty."""
    for first, last, cells in grid.merged:
        if last >= header and not first == last == header:
            message = _(
                "Cells %(cells)s are merged: only the first one holds the value. "
                "Unmerge them, fill each one, and save the workbook again."
            )
            details = {"cells": cells}
            raise UnreadableFile(message % details, name=name, line=first)


def _why_ragged(grid: Grid, cells: list[str], columns: list[str]) -> str:
    """A line of another width means shifted columns: every value would be wrong."""
    is_short = len(cells) < len(columns) and not grid.is_padded
    is_long = any(cells[len(columns) :])
    if not is_short and not is_long:
        return ""
    return _(
        "This line has %(found)d cells, the first one %(expected)d. A separator is "
        "missing or too many, or stands inside a cell without quotation marks."
    ) % {"found": len(cells), "expected": len(columns)}
