"""What the columns of a file hold, from its first lines, so as to match them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from django.core.files.base import File

from jalons.files.tables import read_table

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
    """Read the first lines of a file. Raises UnreadableFile."""
    table = read_table(
        source,
        name=name,
        sheet=sheet,
        header_line=header_line,
        duplicates="numbered",
    )
    counts: dict[str, Counter[str]] = {column: Counter() for column in table.columns}
    row_count = 0
    for _line, row in islice(table.rows, SCANNED_ROWS):
        row_count += 1
        for column, text in row.items():
            if text:
                counts[column][text] += 1
    is_whole = next(table.rows, None) is None
    table.rows.close()
    return Scan(
        tuple(_seen(column, values) for column, values in counts.items()),
        row_count,
        is_whole,
        table.remarks,
    )


def _seen(column: str, values: Counter[str]) -> SeenColumn:
    frequent = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return SeenColumn(column, tuple(frequent[:MOST_VALUES]), len(values) > MOST_VALUES)
