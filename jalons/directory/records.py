"""The rows of a list of places, from CSV, XLSX, ODS or JSON, one at a time.

    records = open_records(path)
    for line, cells in records.rows:
        cells["nom"]

Every value is text, as in the CSV of the national schema; several values are joined by
a bar. A text written by our own export against formulas loses its apostrophe again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from jalons.directory.vocabulary import Vocabulary
from jalons.files.exports import FORMULA_STARTS
from jalons.files.tables import UnreadableFile, read_table

BLOCK = 1 << 16
# An object longer than this is not a place.
MOST_CHARACTERS = 1 << 20
BAR = "|"
# The column by which our own export marks invented places.
NOTICE = "mention"
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Records:
    """Rows to be read once, by the columns of the schema; `extra` are the others."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]
    remarks: tuple[str, ...]
    close: Callable[[], None] = lambda: None
    """Let go of the file, whether or not it was read to its end."""
    unused: tuple[str, ...] = ()
    """Columns of the file that a mapping left out."""

    def extra(self, vocabulary: Vocabulary) -> list[str]:
        if self.unused:
            return list(self.unused)
        known = {*vocabulary.schema.columns, *vocabulary.schema.renamed_columns}
        return [column for column in self.columns if column not in known]


def open_records(path: Path) -> Records:
    """Open a file of places. Raises UnreadableFile or OSError."""
    if path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        return _open_json(path)
    table = read_table(path)
    rows = ((line, _plain(row)) for line, row in table.rows)
    return Records(
        path.name, table.columns, rows, table.remarks, close=table.rows.close
    )


def refuse_other_schemas(records: Records, vocabulary: Vocabulary) -> None:
    """Raises UnreadableFile for a former version of the schema, or another file."""
    schema, columns = vocabulary.schema, set(records.columns)
    if former := sorted(columns & set(schema.former_columns)):
        message = _(
            "This file follows a version of the schema before 1.0: its columns "
            "%(columns)s became %(became)s. Ask its producer for version %(version)s, "
            "or rename the columns and check their values."
        ) % {
            "columns": ", ".join(former),
            "became": ", ".join(schema.former_columns[name] for name in former),
            "version": schema.version,
        }
        raise UnreadableFile(message, name=records.name, line=1, column=former[0])
    for column in ("nom", "commune"):
        if column not in columns:
            message = _(
                "There is no column “%(column)s”: this is not a list of places in the "
                "national schema (%(title)s %(version)s)."
            ) % {"column": column, "title": schema.title, "version": schema.version}
            raise UnreadableFile(message, name=records.name, line=1, column=column)


def _plain(row: dict[str, str]) -> dict[str, str]:
    """The row without the apostrophes that keep a spreadsheet from running a text."""
    return {
        column: _cell_text(cell) if cell[:1] == "'" or "\0" in cell else cell
        for column, cell in row.items()
    }


def _cell_text(cell: str) -> str:
    is_guarded = cell[:1] == "'" and cell[1:2] in FORMULA_STARTS
    return (cell[1:] if is_guarded else cell).replace("\0", "")


def _open_json(path: Path) -> Records:
    """A first pass names the columns: an object may lack some."""
    columns: dict[str, None] = {}
    for _line, found in _objects(path):
        columns |= dict.fromkeys(found)
    if not columns:
        raise UnreadableFile(_("The file holds no place."), name=path.name)
    rows = (
        (line, {column: _cell(found.get(column), path, line) for column in columns})
        for line, found in _objects(path)
    )
    return Records(path.name, tuple(columns), rows, ())


def records_of(objects: Sequence[Mapping[str, object]], name: str) -> Records:
    """The same of objects that a program gives, the first one numbered 1.

    Raises UnreadableFile.
    """
    columns = tuple(dict.fromkeys(column for one in objects for column in one))
    rows = (
        (line, {column: _cell(one.get(column), Path(name), line) for column in columns})
        for line, one in enumerate(objects, start=1)
    )
    return Records(name, columns, rows, ())


def _cell(value: object, path: Path, line: int) -> str:
    """A JSON value as the CSV would write it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return BAR.join(_cell(one, path, line) for one in value)
    if isinstance(value, dict):
        message = _("A place holds another object: the schema knows plain values only.")
        raise UnreadableFile(message, name=path.name, line=line)
    return str(value).replace("\0", "").strip()


def _objects(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Each object of an array, or of one object a line, with the line it begins at."""
    with path.open(encoding="utf-8-sig") as file:
        try:
            yield from _read_objects(file, path.name)
        except UnicodeDecodeError as error:
            message = _("JSON is written in UTF-8: export the file again.")
            raise UnreadableFile(message, name=path.name) from error


def _read_objects(file: TextIO, name: str) -> Iterator[tuple[int, dict[str, object]]]:
    decoder, text, line, is_over = json.JSONDecoder(), "", 1, False
    while True:
        kept = text.lstrip(" \t\r\n,[")
        line += text.count("\n", 0, len(text) - len(kept))
        if not kept and is_over:
            return
        try:
            found, end = decoder.raw_decode(kept)
        except json.JSONDecodeError as error:
            if kept.strip("] \t\r\n") == "" and is_over:
                return
            if is_over or len(kept) > MOST_CHARACTERS:
                message = _("This is not JSON, or the file was cut: export it again.")
                raise UnreadableFile(message, name=name, line=line) from error
            block = file.read(BLOCK)
            text, is_over = kept + block, not block
            continue
        if not isinstance(found, dict):
            message = _("A list of places is expected: [{…}, {…}].")
            raise UnreadableFile(message, name=name, line=line)
        yield line, found
        line += kept.count("\n", 0, end)
        text = kept[end:]
