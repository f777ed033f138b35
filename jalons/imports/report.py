"""What reading a whole file says, whatever its length: counts, and reasons grouped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TypedDict

from jalons.imports.loaders import AnswerFile, RefusedRow
from jalons.questionnaires.values import shown
from jalons.surveys.models import Response
from jalons.surveys.recording import Entry, Recorded

MOST_REASONS = 60
"""Beyond, a file is wrong as a whole, and its first reasons say why."""
LINES_NAMED = 12


class Reason(TypedDict):
    """Why some rows are refused, with the first lines concerned."""

    column: str
    reason: str
    lines: list[int]
    count: int


class Emptied(TypedDict):
    """What a column says, read as no answer because the mapping tells so."""

    column: str
    value: str
    count: int


@dataclass(slots=True)
class Report:
    """What a file would change, or changed, and what it leaves aside."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    row_count: int = 0
    unfinished: int = 0
    refused: int = 0
    duplicates: int = 0
    reasons: list[Reason] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    channels: dict[str, int] = field(default_factory=dict)
    weighted: int = 0
    weight_column: str = ""
    weight_source: str = ""
    emptied_count: int = 0
    emptied: list[Emptied] = field(default_factory=list)
    emptied_unlisted: int = 0
    """How many of `emptied_count` stand under none of the values of `emptied`."""

    @classmethod
    def of(cls, file: AnswerFile) -> Report:
        return cls(
            unknown_columns=list(file.unknown_columns),
            remarks=list(file.remarks),
            weight_column=file.weight.column if file.weight else "",
            weight_source=file.weight.source if file.weight else "",
        )

    def keep(self, entry: Entry, emptied: Iterable[tuple[str, str]] = ()) -> None:
        """Count a row that can be recorded by what stands beside its answers.

        `emptied` is what it says and that is read as no answer.
        """
        channel = str(entry.channel or Response.Channel.IMPORT)
        self.channels[channel] = self.channels.get(channel, 0) + 1
        self.weighted += entry.given_weight is not None
        for column, value in emptied:
            self._empty(column, shown(value))

    def _empty(self, column: str, value: str) -> None:
        self.emptied_count += 1
        for known in self.emptied:
            if (known["column"], known["value"]) == (column, value):
                known["count"] += 1
                return
        if len(self.emptied) < MOST_REASONS:
            self.emptied.append(Emptied(column=column, value=value, count=1))
        else:
            self.emptied_unlisted += 1

    def refuse(self, row: RefusedRow) -> None:
        self.refused += 1
        self.duplicates += row.is_duplicate
        for reason in row.reasons or (row.reason,):
            self._explain(row, reason)

    def _explain(self, row: RefusedRow, reason: str) -> None:
        """One group a reason: a row with several stands in several groups."""
        for known in self.reasons:
            if known["reason"] == reason:
                known["count"] += 1
                if len(known["lines"]) < LINES_NAMED:
                    known["lines"].append(row.line)
                return
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(
                Reason(column=row.column, reason=reason, lines=[row.line], count=1)
            )

    def count(self, recorded: Recorded) -> None:
        self.created += recorded.created
        self.updated += recorded.updated
        self.unchanged += recorded.unchanged

    @property
    def readable(self) -> int:
        return self.created + self.updated + self.unchanged

    def as_json(self) -> dict[str, object]:
        return asdict(self)
