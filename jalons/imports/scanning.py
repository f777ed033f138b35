"""What the columns of a file hold, from its first lines, so as to match them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from django.core.files.base import File
from django.utils.translation import ngettext

from jalons.files.tables import UnreadableFile, read_table

SCANNED_ROWS = 5_000
MOST_VALUES = 60
"""A column of more different values holds words of their own, not answers to tick."""


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column: its different values, the most frequent first."""

    name: str
    values: tuple[tuple[str, int], ...]
    is_open: bool

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
    return Scan(
        tuple(_seen(column, values) for column, values in counts.items()),
        row_count,
        is_whole,
        (*table.remarks, *_told(ragged)),
    )


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


def _seen(column: str, values: Counter[str]) -> SeenColumn:
    frequent = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return SeenColumn(column, tuple(frequent[:MOST_VALUES]), len(values) > MOST_VALUES)
