"""A table of a team read line by line: columns known by heading, each line told.

Used for the actors themselves, and for what is said of them in files: their people,
the members of their groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.files.tables import Table, UnreadableFile
from jalons.search.words import words_of

MAX_LINES = 5_000
KNOWN = "known"
"""The field of a line that is there already: there is nothing to mend."""


class Wrong(Exception):
    """A cell that cannot be taken: its field, what it holds, why and the mend."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


@dataclass(frozen=True, slots=True)
class Refused:
    """One line left aside: its field, what it held, why, and how to mend it."""

    line: int
    field: str
    value: str
    reason: str
    field_words: str

    @property
    def is_known(self) -> bool:
        return self.field == KNOWN


def refused(line: int, wrong: Wrong, fields: Mapping[str, object]) -> Refused:
    """What a team reads of a line, its field in their words."""
    words = str(fields.get(wrong.field, wrong.field))
    return Refused(line, wrong.field, wrong.value, wrong.reason, words)


def guess_columns(
    columns: Iterable[str],
    headings: Mapping[str, Sequence[str]],
    said: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Which column seems to hold which field, capitals and accents apart.

    `headings` are written in the words of `words_of`; the first column wins. Those
    said are taken as they are, and are not guessed for another field.
    """
    found = dict(said or {})
    taken = {*found.values()}
    for column in columns:
        if column in taken:
            continue
        text = " ".join(words_of(column))
        for field, names in headings.items():
            if text in names:
                found.setdefault(field, column)
    return found


def needed_columns(
    table: Table,
    headings: Mapping[str, Sequence[str]],
    required: Iterable[str],
    *,
    name: str,
) -> dict[str, str]:
    """The same of a whole table. Raises UnreadableFile when a field has no column."""
    columns = guess_columns(table.columns, headings)
    missing = [headings[one][0] for one in required if one not in columns]
    if missing:
        message = _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)}
        raise UnreadableFile(message, name=name, line=1)
    return columns


def unread(table: Table, columns: Mapping[str, str]) -> list[str]:
    """The columns of a table that nothing reads."""
    read = {*columns.values()}
    return [one for one in table.columns if one not in read]


def lines_of(
    table: Table, columns: Mapping[str, str], *, name: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its cells by field, spaces made single.

    Raises UnreadableFile beyond MAX_LINES.
    """
    for count, (line, row) in enumerate(table.rows, start=1):
        if count > MAX_LINES:
            message = _("The table has more than %(n)s lines. Split the file.")
            raise UnreadableFile(message % {"n": MAX_LINES}, name=name, line=line)
        cells = {field: row[column] for field, column in columns.items() if column}
        yield line, {field: " ".join(text.split()) for field, text in cells.items()}
