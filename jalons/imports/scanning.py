"""What the columns of a file hold, from its first lines, so as to match them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from django.core.files.base import File
from django.utils.translation import ngettext

from jalons.files.tables import UnreadableFile, first_lines, read_table
from jalons.imports.guessing import SEPARATORS, SPACE

SCANNED_ROWS = 5_000
MOST_VALUES = 60
"""A column of more different values holds words of their own, not answers to tick."""


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column: its different values, the most frequent first; all, unless open.

    `under` is the heading above its name, when names take several lines: Framaforms
    writes the question there, above the first of its boxes.
    """

    name: str
    values: tuple[tuple[str, int], ...]
    is_open: bool
    under: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text, _count in self.values)


@dataclass(frozen=True, slots=True)
class Scan:
    """The columns of a file; `is_whole` when every line was read."""

    columns: tuple[SeenColumn, ...]
    row_count: int
    is_whole: bool
    remarks: tuple[str, ...]

    def column(self, name: str) -> SeenColumn | None:
        return next((one for one in self.columns if one.name == name), None)


def scan(
    source: File | BinaryIO, *, name: str, header_line: int | None, sheet: str = ""
) -> Scan:
    """Read the first lines of a file, but those of another width, told in a remark.

    Raises UnreadableFile, also when no line is as wide as the first.
    """
    ragged: dict[int, str] = {}
    table = read_table(
        source,
        name=name,
        sheet=sheet,
        header_line=header_line,
        duplicates="numbered",
        ragged=ragged,
    )
    counts: dict[str, Counter[str]] = {column: Counter() for column in table.columns}
    row_count = 0
    for line, row in islice(table.rows, SCANNED_ROWS):
        row_count += 1
        if line in ragged:
            continue
        for column, text in row.items():
            if text:
                counts[column][text] += 1
    is_whole = next(table.rows, None) is None
    table.rows.close()
    if row_count and len(ragged) >= row_count:
        line, reason = next(iter(ragged.items()))
        raise UnreadableFile(reason, name=name, line=line)
    above = _above(source, name, header_line, sheet, len(counts))
    return Scan(
        tuple(
            _seen(column, values, under)
            for (column, values), under in zip(counts.items(), above, strict=True)
        ),
        row_count,
        is_whole,
        (*table.remarks, *_told(ragged)),
    )


def _above(
    source: File | BinaryIO, name: str, header_line: int | None, sheet: str, width: int
) -> list[str]:
    """The last heading written above each column; nothing when names stand first."""
    lines = dict(first_lines(source, name=name, sheet=sheet)) if header_line else {}
    cells = lines.get((header_line or 0) - 1, [])
    found, last = [], ""
    for place in range(width):
        last = (cells[place] if place < len(cells) else "") or last
        found.append(last)
    return found


def _told(ragged: dict[int, str]) -> tuple[str, ...]:
    if not ragged:
        return ()
    message = ngettext(
        "Line %(first)d does not have as many cells as the first one: it will be set "
        "aside.",
        "%(count)d lines do not have as many cells as the first one: they will be set "
        "aside. The first of them is line %(first)d.",
        len(ragged),
    )
    return (message % {"count": len(ragged), "first": min(ragged)},)


def _seen(column: str, values: Counter[str], under: str) -> SeenColumn:
    frequent = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    is_open = len(values) > MOST_VALUES and not _are_few_cut(values)
    kept = frequent[:MOST_VALUES] if is_open else frequent
    return SeenColumn(column, tuple(kept), is_open, under)


def _are_few_cut(values: Counter[str]) -> bool:
    """Whether many cells are combinations of few answers."""
    return any(
        len({part.strip() for text in values for part in text.split(separator)})
        <= MOST_VALUES
        for separator in (*SEPARATORS, SPACE)
    )
