"""Answers collected elsewhere, read from a table through a reviewed mapping.

Reading writes nothing: it gives the answers that can be recorded, and for each row
that cannot, its line and the reason in words. A file that cannot be read at all, or
that lacks a column of the mapping, is refused whole (`UnreadableFile`).
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from django.utils.timezone import now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.files.exports import FORMULA_STARTS, SIMULATED
from jalons.files.tables import Source, Table, UnreadableFile, read_table
from jalons.imports.cells import AnswerReader, BesideReader, RefusedCell, Row
from jalons.imports.mapping import Mapping, Weight
from jalons.imports.places import known_places
from jalons.imports.words import simple
from jalons.questionnaires import answers as rules
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.values import shown
from jalons.surveys.models import Campaign
from jalons.surveys.recording import Entry
from jalons.territories.models import Territory

NAMESPACE = uuid.UUID("3a0f6c52-1f5e-4c0e-8a35-8f3d0f9f2c11")
"""Of the keys computed from a source and a row's own identifier, always the same."""
NOTE = "Jalons"
"""How the columns that we add to a file of refused rows begin: not read back."""
OFFSET = re.compile(r" (?:UTC|GMT)(?:([+-](?:0?\d|1[0-4]))(?::?([0-5]\d))?)?$")
"""What Google writes after its dates: “2024/03/05 10:12:13 AM UTC+1”."""
EXAMPLE = datetime(2026, 3, 31, 14, 5)
"""The moment that shows how a date is to be written: its day is no month."""


class SeenBefore(RefusedCell):
    """Two rows of the file bear the same identifier."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row set aside: where it stands, what it is, and the mend."""

    line: int
    identifier: str
    column: str
    reason: str
    cells: Row
    is_duplicate: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that can be recorded; `entry` is empty when it was never sent.

    `emptied` holds what it says and that is read as no answer: columns, words.
    """

    line: int
    entry: Entry | None
    emptied: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file of answers opened with a mapping; its rows can be read once.

    `unknown_columns` are those the mapping neither uses nor ignores. A row of
    another width than the columns is refused; it stands whole in one cell, so
    that its values cannot be read back under a wrong name.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterator[ReadRow | RefusedRow]
    unknown_columns: tuple[str, ...]
    weight: Weight | None
    remarks: tuple[str, ...]
    close: Callable[[], None]


class MissingColumns(UnreadableFile):
    """The file lacks columns that the mapping needs; they are in `columns`."""

    def __init__(
        self, columns: tuple[str, ...], found: tuple[str, ...], *, name: str
    ) -> None:
        message = ngettext(
            "A column that the mapping needs is not in the file: “%(first)s”. Export "
            "the file again with it, or choose another mapping.",
            "%(count)d columns that the mapping needs are not in the file; the first "
            "is “%(first)s”. Export the file again with them, or choose another "
            "mapping.",
            len(columns),
        )
        details = {"count": len(columns), "first": columns[0]}
        super().__init__(message % details, name=name)
        self.columns = columns
        self.found = found


def open_answers(
    campaign: Campaign, mapping: Mapping, source: Source, *, name: str
) -> AnswerFile:
    """Open a table of answers to a campaign, a row at a time. Raises UnreadableFile."""
    ragged: dict[int, str] = {}
    table = _table_with(mapping, source, name, ragged)
    return AnswerFile(
        name=name,
        columns=table.columns,
        rows=_read_rows(table, ragged, _RowReader(campaign, mapping)),
        unknown_columns=_unknown_columns(table, mapping),
        weight=mapping.weight,
        remarks=table.remarks,
        close=table.rows.close,
    )


def _table_with(
    mapping: Mapping, source: Source, name: str, ragged: dict[int, str]
) -> Table:
    """The table that holds the columns of the mapping.

    Refused rows come back as a file whose first line names the columns, whatever
    stood above them in the original.
    """
    needed = mapping.needed_columns()
    first: UnreadableFile | None = None
    stated = (mapping.rows.header_line, mapping.rows.sheet)
    for header_line, sheet in dict.fromkeys((stated, (None, ""))):
        try:
            table = _table_at(header_line, sheet, source, name, ragged)
            return _with_columns(table, needed, name)
        except UnreadableFile as error:
            first = first or error
    assert first is not None
    raise first


def _table_at(
    header_line: int | None,
    sheet: str,
    source: Source,
    name: str,
    ragged: dict[int, str],
) -> Table:
    return read_table(
        source,
        name=name,
        sheet=sheet,
        header_line=header_line,
        duplicates="numbered",
        ragged=ragged,
    )


def _with_columns(table: Table, needed: list[str], name: str) -> Table:
    missing = tuple(column for column in needed if column not in table.columns)
    if missing:
        table.rows.close()
        raise MissingColumns(missing, table.columns, name=name)
    return table


def _read_rows(
    table: Table, ragged: dict[int, str], reader: _RowReader
) -> Iterator[ReadRow | RefusedRow]:
    for line, cells in table.rows:
        row = {column: _unquoted(text) for column, text in cells.items()}
        if reason := ragged.pop(line, ""):
            shown_in = reader.mapping.rows.key or table.columns[0]
            whole = {shown_in: row[table.columns[0]]}
            row = dict.fromkeys(row, "") | whole
            yield RefusedRow(line, "", "", reason, row)
            continue
        try:
            entry = reader.read(line, row)
        except RefusedCell as refusal:
            yield RefusedRow(
                line,
                row.get(reader.mapping.rows.key or "", "").strip(),
                refusal.column,
                str(refusal),
                row,
                is_duplicate=isinstance(refusal, SeenBefore),
                reasons=refusal.reasons,
            )
            continue
        yield ReadRow(line, entry, tuple(reader.emptied(row)))


def _unknown_columns(table: Table, mapping: Mapping) -> tuple[str, ...]:
    known = {*mapping.needed_columns(), *mapping.rows.ignored}
    others = (column for column in table.columns if column not in known)
    return tuple(column for column in others if not column.startswith(NOTE))


def _unquoted(text: str) -> str:
    """The text that our own exports precede with an apostrophe, as it was."""
    is_quoted = text.startswith("'") and text[1:].startswith(FORMULA_STARTS)
    return text[1:] if is_quoted else text


class _RowReader:
    """Reads each row into one entry, remembering the identifiers already seen."""

    def __init__(self, campaign: Campaign, mapping: Mapping) -> None:
        self.campaign = campaign
        self.mapping = mapping
        self.definition: Definition = campaign.version.read()
        self.zone = ZoneInfo(campaign.space.time_zone)
        self.places = _Places(campaign, mapping)
        self.beside = BesideReader(mapping)
        self.lines: dict[str, int] = {}
        self.twins: Counter[str] = Counter()
        self.readers = [
            AnswerReader(question, answer, mapping.rows.missing)
            for answer in mapping.answers
            if (question := self.definition.question(answer.question))
        ]

    def read(self, line: int, row: Row) -> Entry | None:
        """The entry of a row; None when it was never sent. Raises RefusedCell."""
        self._refuse_simulated(row)
        identifier = self._identifier(line, row)
        sent_at = self._sent_at(row)
        if sent_at is None:
            return None
        raw: dict[str, object] = {}
        for reader in self.readers:
            raw |= reader.read(row)
        if territory := self.definition.with_role("territory"):
            raw[territory.code] = self.places.code_of(row)
        parts = f"{self.mapping.source}:{self.campaign.pk}:{identifier}"
        return Entry(
            uuid.uuid5(NAMESPACE, parts),
            self._clean(raw),
            sent_at,
            channel=self.beside.channel_of(row),
            given_weight=self.beside.weight_of(row),
        )

    def emptied(self, row: Row) -> Iterator[tuple[str, str]]:
        for reader in self.readers:
            yield from reader.emptied(row)

    def _refuse_simulated(self, row: Row) -> None:
        """An answer marked as simulated, in whatever column, read or not."""
        if self.campaign.is_simulated:
            return
        for column, text in row.items():
            if text.strip() == SIMULATED:
                message = _(
                    "column “%(column)s”: the answer is simulated (%(mark)s); take the "
                    "row away, or import it into a survey said to be simulated"
                )
                details = {"column": column, "mark": SIMULATED}
                raise RefusedCell(message % details, column)

    def _clean(self, raw: dict[str, object]) -> rules.Answers:
        answers, problems = rules.clean_answers(self.definition, raw)
        if problems:
            said = _("“%(question)s”: %(message)s")
            reasons = tuple(
                said % {"question": self._title_of(p.question), "message": p.message}
                for p in problems
            )
            column = self._column_of(problems[0].question)
            raise RefusedCell(" ".join(reasons), column, reasons)
        if missing := rules.progress(self.definition, answers).missing:
            message = _("the required question “%(title)s” has no answer")
            title = self._title_of(missing[0])
            raise RefusedCell(message % {"title": title}, self._column_of(missing[0]))
        return answers

    def _title_of(self, code: str) -> str:
        question = self.definition.question(code)
        return question.text.in_language(get_language() or "fr") if question else code

    def _column_of(self, code: str) -> str:
        answers = (a for a in self.mapping.answers if a.question == code)
        return next((next(a.all_columns(), "") for a in answers), "")

    def _identifier(self, line: int, row: Row) -> str:
        column = self.mapping.rows.key
        if column is None:
            return self._by_content(row)
        identifier = row[column].strip()
        if not identifier:
            message = _("column “%(column)s”: the identifier of the row is missing")
            raise RefusedCell(message % {"column": column}, column)
        first = self.lines.setdefault(identifier, line)
        if first != line:
            message = _("the identifier “%(identifier)s” is that of line %(line)s")
            details = {"identifier": identifier, "line": first}
            raise SeenBefore(message % details, column)
        return identifier

    def _by_content(self, row: Row) -> str:
        """What tells a row without identifier: its cells, in any order of columns.

        Two people may have answered alike: rows the same are numbered.
        """
        cells = sorted(
            (column, text.strip())
            for column, text in row.items()
            if text.strip() and not column.startswith(NOTE)
        )
        digest = hashlib.sha256(json.dumps(cells).encode()).hexdigest()
        self.twins[digest] += 1
        return f"{digest}:{self.twins[digest]}"

    def _sent_at(self, row: Row) -> datetime | None:
        rows = self.mapping.rows
        if rows.submitted_on is not None:
            return datetime.combine(rows.submitted_on, time(12), self.zone)
        text = row[str(rows.submitted_at)].strip()
        if not text:
            return None
        sent_at = next(self._dates(text), None)
        if sent_at is None:
            message = _(
                "column “%(column)s”: “%(value)s” is not a date; write it as "
                "%(examples)s"
            )
            patterns = dict.fromkeys(("%Y-%m-%d", *rows.date_formats))
            examples = (f"{EXAMPLE:{pattern}}" for pattern in patterns)
            details = {"examples": ", ".join(examples), "value": text}
            column = str(rows.submitted_at)
            raise RefusedCell(message % {"column": column, **details}, column)
        # By the day: noon stands for a day alone, and clocks and zones differ.
        if sent_at.astimezone(self.zone).date() > now().astimezone(self.zone).date():
            message = _("column “%(column)s”: the date %(value)s is in the future")
            column = str(rows.submitted_at)
            raise RefusedCell(message % {"column": column, "value": text}, column)
        return sent_at

    def _dates(self, text: str) -> Iterator[datetime]:
        """The date a text says, in ISO 8601 or in the formats of the mapping."""
        zone: tzinfo = self.zone
        if said := OFFSET.search(text):
            text = text[: said.start()]
            zone = _offset(said[1], said[2])
        for pattern in ("", *self.mapping.rows.date_formats):
            try:
                found = (
                    datetime.strptime(text, pattern)
                    if pattern
                    else datetime.fromisoformat(text)
                )
            except ValueError:
                continue
            # Nothing is told by another clock of the first and of the last year, which
            # tools write where they have no date.
            if MINYEAR < found.year < MAXYEAR:
                yield found if found.tzinfo else found.replace(tzinfo=zone)


def _offset(hours: str | None, minutes: str | None) -> tzinfo:
    ahead = timedelta(hours=int(hours or 0))
    more = timedelta(minutes=int(minutes or 0))
    return timezone(ahead - more if (hours or "").startswith("-") else ahead + more)


class _Places:
    """The territory of each row, by code or by name, inside the perimeter."""

    def __init__(self, campaign: Campaign, mapping: Mapping) -> None:
        self.place = mapping.territory
        self.known = known_places(campaign)
        self.values = {simple(said): code for said, code in self.place.values.items()}
        self.refusals: dict[str, str] = {}

    def code_of(self, row: Row) -> str:
        text = row[self.place.column].strip()
        code = self.values.get(simple(text))
        codes = (code,) if code else self._codes(text)
        if len(codes) == 1 and codes[0] in self.known.names:
            return codes[0]
        if text not in self.refusals:
            self.refusals[text] = self._why_not(text, codes)
        raise RefusedCell(self.refusals[text], self.place.column)

    def _codes(self, text: str) -> tuple[str, ...]:
        if self.place.by == "code":
            return ("".join(text.split()),) if text else ()
        if self.place.by == "name":
            return self.known.named(text)
        return self.known.found(text)

    def _why_not(self, text: str, codes: tuple[str, ...]) -> str:
        details = {"column": self.place.column, "value": shown(text)}
        if not text:
            return _("column “%(column)s”: the territory is missing") % details
        if len(codes) > 1:
            message = _(
                "column “%(column)s”: several territories are called “%(value)s”; "
                "write the code of the right one in the cell (%(codes)s)"
            )
            return message % {**details, "codes": ", ".join(codes)}
        elsewhere = Territory.objects.filter(pk=codes[0]).first() if codes else None
        if elsewhere is not None:
            message = _(
                "column “%(column)s”: %(value)s (%(name)s) is not a territory of this "
                "survey; add it to the perimeter, or correct the cell"
            )
            return message % {**details, "name": elsewhere.name}
        message = _(
            "column “%(column)s”: no territory of the survey is known by “%(value)s”; "
            "correct the cell, or tell the mapping which territory it means"
        )
        return message % details
