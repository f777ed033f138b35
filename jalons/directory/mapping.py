"""How the columns of a file become those of the national schema.

A mapping is a reviewed text (data/directory/formats), or what a team chose on screen;
both are read by the same lines. What a mapping does not say is never guessed: an
unknown value stays a text, told in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import Field

from jalons.analysis.weekday_hours import week_of
from jalons.directory.records import BAR, Records, Row
from jalons.directory.vocabulary import read_vocabulary
from jalons.files.tables import UnreadableFile
from jalons.indicators.definitions import Shape, Words, read_shape
from jalons.search.words import words_of

FOLDER = settings.REFERENCE_DIR / "directory" / "formats"
# Written in the list itself, which is in French whoever imports it.
WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NOT_SURE = "pas chaque semaine"
# A remark with these words says that hours are not those of every week.
NOT_EVERY_WEEK = (
    *("sur deux", "semaine paire", "semaine impaire", "semaines paires", "alternance"),
    *("du mois", "vacances", "selon planning", "itinerant", "tournee"),
)


class Format(Shape):
    """A mapping: schema column by schema column, where its value is found."""

    id: str
    title: Words
    producer: str = ""
    author: str = ""
    reviewer: str = ""
    recognised_by: list[Words] = Field(default_factory=list)
    columns: Mapping[str, Words]
    days: list[Words] = Field(default_factory=list)
    """Columns of the hours of each day, Monday first."""
    remark: str = ""
    """Column of free words about the place and its hours."""
    separator: str = ""
    """What stands between several values, besides the bar and the semicolon."""
    ignored: list[Words] = Field(default_factory=list)
    fixed: Mapping[str, str] = Field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)

    @property
    def used(self) -> set[str]:
        """The columns of the file that are read, or left aside knowingly."""
        read = {*self.columns.values(), *self.days, *self.ignored}
        return read | ({self.remark} if self.remark else set())

    def read(self, cells: Mapping[str, str]) -> dict[str, str]:
        """A row of the file in the columns of the schema."""
        row = {
            column: self._value(column, cells.get(name, ""))
            for column, name in self.columns.items()
        }
        for column, value in self.fixed.items():
            row[column] = BAR.join(
                dict.fromkeys(filter(None, (row.get(column), value)))
            )
        if self.days:
            row["horaires"] = self._hours(cells)
        if self.remark and (said := cells.get(self.remark, "")):
            row["presentation_detail"] = BAR.join(
                filter(None, (row.get("presentation_detail"), said))
            )
        return row

    def _value(self, column: str, text: str) -> str:
        """The value in the words of the schema; what the mapping lacks, as it came."""
        said = self.values.get(column, {})
        if not text or (column not in _lists() and not said):
            return text
        return _translated(text, said, self.separator)

    def _hours(self, cells: Mapping[str, str]) -> str:
        """The week; as plain text when it cannot be read, or is not every week's."""
        said = [cells.get(day, "") for day in self.days]
        week = week_of(said)
        remark = _key(cells.get(self.remark, ""))
        if week and not any(words in remark for words in NOT_EVERY_WEEK):
            return week
        if not any(said):
            return ""
        told = (
            f"{name} {text}" for name, text in zip(WEEK, said, strict=False) if text
        )
        more = [NOT_SURE] if week else []
        return " · ".join([*told, *more])


@lru_cache(maxsize=1)
def known_formats() -> dict[str, Format]:
    """The formats that come with the project, by their identifier."""
    found = (read_shape(path, Format) for path in sorted(FOLDER.glob("*.toml")))
    return {one.id: one for one in found}


def recognise(columns: tuple[str, ...]) -> Format | None:
    """The format whose telling columns are all there."""
    present = set(columns)
    for one in known_formats().values():
        if one.recognised_by and present.issuperset(one.recognised_by):
            return one
    return None


def read_format(path: Path) -> Format:
    """A mapping kept in a file. Raises InvalidFile."""
    return read_shape(path, Format)


def in_national_columns(records: Records, found: Format) -> Records:
    """The same rows in the columns of the schema. Raises UnreadableFile."""
    missing = [one for one in found.recognised_by if one not in records.columns]
    if missing or found.columns.get("nom") not in records.columns:
        message = _(
            "This is not a file of the format “%(title)s”: the columns %(columns)s "
            "are not there. Choose another format, or match the columns."
        )
        lacking = ", ".join(missing or [found.columns.get("nom", "nom")])
        details = {"title": found.title, "columns": lacking}
        raise UnreadableFile(message % details, name=records.name, line=1)
    return Records(
        name=records.name,
        columns=read_vocabulary().schema.columns_read,
        rows=_rows(records.rows, found),
        remarks=records.remarks,
        close=records.close,
        unused=tuple(one for one in records.columns if one not in found.used),
    )


def with_values(records: Records, values: Mapping[str, Mapping[str, str]]) -> Records:
    """The same rows, some values of lists being those that somebody said they mean."""
    if not values:
        return records
    count = sum(len(said) for said in values.values())
    message = ngettext(
        "%(n)d value is read as your team said.",
        "%(n)d values are read as your team said.",
        count,
    )
    return replace(
        records,
        rows=_said_rows(records.rows, values),
        remarks=(*records.remarks, message % {"n": count}),
    )


def _said_rows(
    rows: Iterator[Row], values: Mapping[str, Mapping[str, str]]
) -> Iterator[Row]:
    for line, cells in rows:
        said = {
            column: _translated(cells[column], known)
            for column, known in values.items()
            if cells.get(column)
        }
        yield line, cells | said


def _translated(text: str, said: Mapping[str, str], separator: str = "") -> str:
    """A cell in the words of the schema; what nothing is said of, as it came."""
    known = _keys_of(tuple(said.items()))
    parts = [text] if _key(text) in known else _parts(text, separator)
    return BAR.join(filter(None, (known.get(_key(one), one) for one in parts)))


def _rows(rows: Iterator[Row], found: Format) -> Iterator[Row]:
    empty = dict.fromkeys(read_vocabulary().schema.columns_read, "")
    for line, cells in rows:
        yield line, empty | found.read(cells)


def _lists() -> Mapping[str, object]:
    return read_vocabulary().terms


def _parts(text: str, separator: str) -> list[str]:
    for mark in (separator, ";") if separator else (";",):
        text = text.replace(mark, BAR)
    return [part.strip() for part in text.split(BAR)]


@lru_cache(maxsize=200)
def _keys_of(items: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {_key(text): label for text, label in items}


def _key(text: str) -> str:
    return " ".join(words_of(text))
