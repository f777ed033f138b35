"""What importing a list of places did, or would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jalons.directory.reading import Draft

# Enough lines to find the others.
LINES_TOLD = 10
# More different values than a person would match are a text, not a list.
VALUES_TOLD = 200
# A file of which so many rows are refused is another file.
MOST_REFUSED = 5_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is no place: its line, the column at fault, the mend, its cells."""

    line: int
    column: str
    reason: str
    cells: Mapping[str, str]


@dataclass(slots=True)
class Told:
    """One thing said of several rows: how many, and the first lines."""

    count: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        self.count += 1
        if len(self.lines) < LINES_TOLD:
            self.lines.append(line)


@dataclass(slots=True)
class Report:
    """Counts of places, what was said of them, and the rows refused."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left: int = 0
    """Places of a whole list that are no longer in it."""
    absent: int = 0
    """Places of the list that this file does not hold, and that are still shown."""
    rows: int = 0
    personal_contacts: int = 0
    refused: list[Refused] = field(default_factory=list)
    told: dict[tuple[str, str], Told] = field(default_factory=dict)
    unknown_values: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown_columns: list[str] = field(default_factory=list)

    def note(self, draft: Draft) -> None:
        """Count what the reader said of a row."""
        self.personal_contacts += len(draft.contacts)
        missing = _("Required by the schema and empty: to be completed.")
        for column in draft.missing:
            self.say(draft.line, column, missing)
        for column, sentence in draft.remarks:
            self.say(draft.line, column, sentence)
        for column, values in draft.place.unread.items():
            self.unknown_values.update((column, value) for value in values)

    def say(self, line: int, column: str, sentence: str) -> None:
        self.told.setdefault((column, sentence), Told()).add(line)

    def as_json(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "left_the_list": self.left,
            "absent_from_file": self.absent,
            "personal_contacts": self.personal_contacts,
            "refused": [
                {"line": one.line, "column": one.column, "reason": one.reason}
                for one in self.refused
            ],
            "remarks": [
                {
                    "column": column,
                    "remark": sentence,
                    "rows": told.count,
                    "lines": told.lines,
                }
                for (column, sentence), told in self.told.items()
            ],
            "unknown_values": [
                {"column": column, "value": value, "rows": count}
                for (column, value), count in self.unknown_values.most_common(
                    VALUES_TOLD
                )
            ],
            "unknown_columns": self.unknown_columns,
        }
