"""Answers collected elsewhere, read from a table through a reviewed mapping.

Reading writes nothing: it gives the answers that can be recorded, and for each row
that cannot, its line and the reason in words. A file that cannot be read at all, or
that lacks a column of the mapping, is refused whole (`UnreadableFile`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.files.exports import FORMULA_STARTS
from jalons.files.tables import Table, UnreadableFile, read_table
from jalons.imports.cells import AnswerReader, RefusedCell, Row, simple
from jalons.imports.mapping import Mapping
from jalons.questionnaires import answers as rules
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.values import shown
from jalons.surveys.models import Campaign
from jalons.surveys.recording import Entry
from jalons.territories.models import Territory

NAMESPACE = uuid.UUID("3a0f6c52-1f5e-4c0e-8a35-8f3d0f9f2c11")
"""Of the keys computed from a source and a row's own identifier, always the same."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row set aside: where it stands, what it is, and the mend."""

    line: int
    identifier: str
    reason: str
    cells: Row


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of answers says, once read with a mapping.

    `unfinished_count` rows bear no date of sending: they were never sent.
    `unknown_columns` are those the mapping neither uses nor ignores.
    """

    name: str
    columns: tuple[str, ...]
    row_count: int
    entries: tuple[Entry, ...]
    refused: tuple[RefusedRow, ...]
    unfinished_count: int
    unknown_columns: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    entries: list[Entry] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    row_count: int = 0
    unfinished_count: int = 0


def read_answers(
    campaign: Campaign, mapping: Mapping, source: Path | BinaryIO | File, *, name: str
) -> Reading:
    """Read a table of answers to a campaign. Raises UnreadableFile."""
    table = read_table(source, name=name)
    _refuse_missing_columns(table, mapping, name)
    reader, tally = _RowReader(campaign, mapping), _Tally()
    for line, cells in table.rows:
        row = {column: _unquoted(text) for column, text in cells.items()}
        tally.row_count += 1
        try:
            entry = reader.read(line, row)
        except RefusedCell as refusal:
            identifier = row[mapping.rows.key].strip()
            tally.refused.append(RefusedRow(line, identifier, str(refusal), row))
            continue
        if entry is None:
            tally.unfinished_count += 1
        else:
            tally.entries.append(entry)
    return Reading(
        name=name,
        columns=table.columns,
        row_count=tally.row_count,
        entries=tuple(tally.entries),
        refused=tuple(tally.refused),
        unfinished_count=tally.unfinished_count,
        unknown_columns=_unknown_columns(table, mapping),
        remarks=table.remarks,
    )


def _refuse_missing_columns(table: Table, mapping: Mapping, name: str) -> None:
    missing = [c for c in mapping.needed_columns() if c not in table.columns]
    if missing:
        message = _(
            "The mapping “%(mapping)s” names columns that the file lacks: %(columns)s. "
            "Export the file again with them, or correct the mapping."
        )
        details = {"mapping": mapping.title, "columns": ", ".join(missing)}
        raise UnreadableFile(message % details, name=name)


def _unknown_columns(table: Table, mapping: Mapping) -> tuple[str, ...]:
    known = {*mapping.needed_columns(), *mapping.rows.ignored}
    return tuple(column for column in table.columns if column not in known)


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
        self.lines: dict[str, int] = {}
        self.readers = [
            AnswerReader(question, answer, mapping.rows.missing)
            for answer in mapping.answers
            if (question := self.definition.question(answer.question))
        ]

    def read(self, line: int, row: Row) -> Entry | None:
        """The entry of a row; None when it was never sent. Raises RefusedCell."""
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
        return Entry(uuid.uuid5(NAMESPACE, parts), self._clean(raw), sent_at)

    def _clean(self, raw: dict[str, object]) -> rules.Answers:
        answers, problems = rules.clean_answers(self.definition, raw)
        if problems:
            reasons = (f"{p.question}: {p.message}" for p in problems)
            raise RefusedCell(" ".join(reasons))
        if missing := rules.progress(self.definition, answers).missing:
            message = _("the required question %(codes)s has no answer")
            raise RefusedCell(message % {"codes": ", ".join(missing)})
        return answers

    def _identifier(self, line: int, row: Row) -> str:
        identifier = row[self.mapping.rows.key].strip()
        if not identifier:
            message = _("column “%(column)s”: the identifier of the row is missing")
            raise RefusedCell(message % {"column": self.mapping.rows.key})
        first = self.lines.setdefault(identifier, line)
        if first != line:
            message = _("the identifier “%(identifier)s” is that of line %(line)s")
            raise RefusedCell(message % {"identifier": identifier, "line": first})
        return identifier

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
                "column “%(column)s”: “%(value)s” is not a date written as the mapping "
                "says (%(formats)s)"
            )
            details = {"formats": ", ".join(rows.date_formats), "value": text}
            raise RefusedCell(message % {"column": rows.submitted_at, **details})
        if sent_at > timezone.now():
            message = _("column “%(column)s”: the date %(value)s is in the future")
            raise RefusedCell(message % {"column": rows.submitted_at, "value": text})
        return sent_at

    def _dates(self, text: str) -> Iterator[datetime]:
        """The date a text says, in ISO 8601 or in the formats of the mapping."""
        for pattern in ("", *self.mapping.rows.date_formats):
            try:
                found = (
                    datetime.strptime(text, pattern)
                    if pattern
                    else datetime.fromisoformat(text)
                )
            except ValueError:
                continue
            yield found if found.tzinfo else found.replace(tzinfo=self.zone)


class _Places:
    """The territory of each row, by code or by name, inside the perimeter."""

    def __init__(self, campaign: Campaign, mapping: Mapping) -> None:
        self.place = mapping.territory
        self.names = dict(campaign.territories.values_list("pk", "name"))
        self.codes: dict[str, list[str]] = {}
        for code, name in self.names.items():
            self.codes.setdefault(simple(name), []).append(code)
        self.values = {simple(said): code for said, code in self.place.values.items()}

    def code_of(self, row: Row) -> str:
        text = row[self.place.column].strip()
        code = self.values.get(simple(text), text)
        if self.place.by == "name" and code == text:
            code = self._named(text)
        if code in self.names:
            return code
        raise RefusedCell(self._why_not(text, code))

    def _named(self, text: str) -> str:
        found = self.codes.get(simple(text), [])
        if len(found) > 1:
            message = _(
                "column “%(column)s”: several territories are called “%(value)s” "
                "(%(codes)s); say which in [territory.values] of the mapping"
            )
            details = {"value": shown(text), "codes": ", ".join(found)}
            raise RefusedCell(message % {"column": self.place.column, **details})
        return found[0] if found else ""

    def _why_not(self, text: str, code: str) -> str:
        details = {"column": self.place.column, "value": shown(text)}
        if not text:
            return _("column “%(column)s”: the territory is missing") % details
        elsewhere = Territory.objects.filter(pk=code).first() if code else None
        if elsewhere is not None:
            message = _(
                "column “%(column)s”: %(value)s (%(name)s) is not a territory of this "
                "survey; add it to the perimeter, or correct the cell"
            )
            return message % {**details, "name": elsewhere.name}
        message = _(
            "column “%(column)s”: no territory is known by “%(value)s”; correct "
            "the cell, or say its code in [territory.values] of the mapping"
        )
        return message % details
