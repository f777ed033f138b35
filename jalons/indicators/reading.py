"""Opens a producer's file: CSV, workbook or archive, whatever stands above its header.

A table is recognised by its columns, looked for in the first lines: workbooks of
producers begin with a title and notes. An archive may hold several tables; those that
nobody recognises (metadata, other geographies) are passed over, and named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

from jalons.files.delimited import open_delimited
from jalons.files.grid import Grid, UnreadableFile
from jalons.files.workbooks import DAMAGES, damaged, is_workbook, open_workbook
from jalons.indicators.producers.layouts import Layout

HEADER_LINES = 30
SAMPLE_ROWS = 50
SHOWN = 12
TABLES = (".csv", ".txt", ".xlsx", ".ods")
# Unfolded, the largest official file that is read here weighs 400 MB.
MAX_UNFOLDED_BYTES = 2_000_000_000

Recognise = Callable[[Collection[str]], Layout | None]
Lines = Sequence[Sequence[str]]
Explain = Callable[[Lines], str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was recognised: its layout, and its rows one at a time."""

    name: str
    layout: Layout
    columns: tuple[str, ...]
    rows: Iterator[tuple[int, dict[str, str]]]
    """Number of the line in the file, then the cells by column."""
    remarks: tuple[str, ...]


class Unrecognised(UnreadableFile):
    """A table of no known layout; `seen` are its first lines."""

    def __init__(self, seen: Lines, *, name: str) -> None:
        super().__init__(told(seen), name=name)
        self.seen = seen


def told(seen: Lines) -> str:
    """The columns read in a table, where its header seems to be."""
    widest = max(seen, key=len, default=())
    shown = ", ".join(column for column in widest[:SHOWN] if column) or "–"
    return _("Columns read: %(columns)s.") % {"columns": shown}


def tables(
    file: BinaryIO, name: str, recognise: Recognise, explain: Explain = told
) -> Iterator[Table]:
    """Each table that is recognised, to be read before the next is asked for.

    Raises UnreadableFile when there is none; `explain` says why, from the lines read.
    """
    if not _is_archive(file):
        try:
            table = _table(file, name, recognise)
        except Unrecognised as error:
            raise UnreadableFile(explain(error.seen), name=name) from error
        yield table
        return
    found = 0
    seen: list[Sequence[str]] = []
    with zipfile.ZipFile(file) as archive:
        for member in _members(archive, name):
            with _unfolded(archive, member) as content:
                try:
                    table = _table(content, member.filename, recognise)
                except Unrecognised as error:
                    seen += error.seen
                    continue
                except UnreadableFile:
                    continue
                found += 1
                yield table
    if not found:
        raise UnreadableFile(explain(seen), name=name)


@contextmanager
def _unfolded(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[BinaryIO]:
    """A table of an archive, on the disk: unfolded, it may weigh hundreds of MB."""
    with TemporaryFile() as content:
        try:
            with archive.open(member) as folded:
                copyfileobj(folded, content)
        except DAMAGES as error:
            raise damaged(member.filename) from error
        yield cast(BinaryIO, content)


def _is_archive(file: BinaryIO) -> bool:
    """A plain archive: workbooks are archives too, and so is neither one damaged."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except DAMAGES:
        return False
    finally:
        file.seek(0)
    return not names & {"[Content_Types].xml", "mimetype", "content.xml"}


def _members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """Tables of the archive, the largest first."""
    members = [m for m in archive.infolist() if m.filename.lower().endswith(TABLES)]
    if sum(member.file_size for member in members) > MAX_UNFOLDED_BYTES:
        raise UnreadableFile(
            _("The archive is too large. Take the table out of it."), name=name
        )
    return sorted(members, key=lambda member: -member.file_size)


def _table(file: BinaryIO, name: str, recognise: Recognise) -> Table:
    grid = _grid(file, name)
    seen: list[list[str]] = []
    for line, cells in grid.rows:
        columns = _trimmed(cells)
        layout = recognise(columns) if len(columns) > 1 else None
        if layout is not None:
            _refuse_doubled(columns, name, line)
            return Table(
                name, layout, columns, _rows(grid, columns, name), grid.remarks
            )
        seen.append(list(columns))
        if len(seen) == HEADER_LINES:
            break
    raise Unrecognised(seen, name=name)


def _grid(file: BinaryIO, name: str) -> Grid:
    file.seek(0)
    start = file.read(8)
    if not start:
        raise UnreadableFile(_("The file is empty. Export it again."), name=name)
    if is_workbook(start):
        return open_workbook(file, name)
    return open_delimited(file, name)


def _trimmed(cells: Collection[str]) -> tuple[str, ...]:
    columns = list(cells)
    while columns and not columns[-1]:
        columns.pop()
    return tuple(columns)


def _refuse_doubled(columns: tuple[str, ...], name: str, line: int) -> None:
    for column in columns:
        if columns.count(column) > 1:
            message = _("Two columns have this name. Rename one of them.")
            raise UnreadableFile(message, name=name, line=line, column=column)


def _rows(
    grid: Grid, columns: tuple[str, ...], name: str
) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in grid.rows:
        if not any(cells):
            continue
        if (len(cells) < len(columns) and not grid.is_padded) or any(
            cells[len(columns) :]
        ):
            message = _(
                "This line has %(found)d cells, the header %(expected)d: the file was "
                "cut, or a separator is missing. Download it again; nothing is loaded."
            )
            counts = {"found": len(cells), "expected": len(columns)}
            raise UnreadableFile(message % counts, name=name, line=line)
        yield line, _row(columns, cells)


def _row(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    cells += [""] * (len(columns) - len(cells))
    return dict(zip(columns, cells, strict=False))


@dataclass(frozen=True, slots=True)
class Sample:
    """The columns of a table of no known format, and its first rows."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]


def sample_of(file: BinaryIO, name: str) -> Sample:
    """Where the columns seem to be: the first line of several names."""
    found: list[tuple[str, ...]] = []
    grid = _grid(file, name)
    for line, cells in grid.rows:
        columns = _trimmed(cells)
        if len(columns) > 1 and all(columns):
            _refuse_doubled(columns, name, line)
            first = islice(grid.rows, SAMPLE_ROWS)
            return Sample(columns, [_row(columns, cells) for _line, cells in first])
        found.append(columns)
        if len(found) == HEADER_LINES:
            break
    message = _(
        "No line names at least two columns: one for the code of the territory, one "
        "for the figure."
    )
    raise UnreadableFile(message, name=name)
