"""A file of answers read whole, as tests look at it."""

from __future__ import annotations

from dataclasses import dataclass

from jalons.imports.loaders import ReadRow, RefusedRow, open_answers
from jalons.surveys.recording import Entry


@dataclass(frozen=True)
class Collected:
    entries: list[Entry]
    refused: list[RefusedRow]
    unfinished_count: int
    unknown_columns: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def row_count(self) -> int:
        return len(self.entries) + len(self.refused) + self.unfinished_count


def read_answers(campaign, mapping, source, *, name: str) -> Collected:
    file = open_answers(campaign, mapping, source, name=name)
    rows = list(file.rows)
    read = [row for row in rows if isinstance(row, ReadRow)]
    return Collected(
        entries=[row.entry for row in read if row.entry],
        refused=[row for row in rows if isinstance(row, RefusedRow)],
        unfinished_count=sum(row.entry is None for row in read),
        unknown_columns=file.unknown_columns,
        remarks=file.remarks,
    )
