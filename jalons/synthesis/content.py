"""A synthesis with everything in it: what is frozen, shown, and made into files.

Plain values only: a page, a PDF, slides and CSV read the same object, and what was
published reads nothing else, whatever becomes of the survey.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.safestring import SafeString, mark_safe
from pydantic import TypeAdapter

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, a line left empty between them; a caution limits what is read."""

    text: str
    kind: Literal["text", "caution"] = "text"

    @property
    def paragraphs(self) -> list[str]:
        pieces = self.text.replace("\r\n", "\n").split("\n\n")
        return [one.strip() for one in pieces if one.strip()]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a chapter: what follows it stands under it."""

    title: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Fact:
    """A key figure, its unit, and n with its interval."""

    label: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Facts:
    lead: str
    items: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is read (`rows`) and as a program reads it (`records`).

    `said` are the sentences that its numbers allow, `conclusion` those of them that
    never leave it. `is_by_territory`: it rests on territories that may withdraw their
    agreement.
    """

    code: str
    caption: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...]
    records: tuple[tuple[Value, ...], ...]
    said: tuple[str, ...] = ()
    is_by_territory: bool = False
    is_detail: bool = False
    conclusion: str = ""
    kind: Literal["table"] = "table"

    @property
    def details(self) -> list[str]:
        """What is said of it beside its conclusion."""
        return [one for one in self.said if one not in self.conclusion]

    @property
    def body(self) -> list[tuple[str, list[tuple[Column, str]]]]:
        """Each row: the text that names it, then the others beside their columns."""
        return [
            (row[0], list(zip(self.columns[1:], row[1:], strict=True)))
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a legend: its mark on the page and on paper."""

    code: str
    label: str
    on_page: str
    on_paper: str

    @property
    def drawing(self) -> SafeString:
        return mark_safe(self.on_page)


@dataclass(frozen=True, slots=True)
class Map:
    on_page: str
    on_paper: str
    alt: str
    caption: str
    note: str
    legend: tuple[Key, ...]
    is_detail: bool = False
    kind: Literal["map"] = "map"

    @property
    def drawing(self) -> SafeString:
        """The map on the page: made and escaped by `drawing`, kept as it was."""
        return mark_safe(self.on_page)


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Quotes:
    """Words that their authors agreed to see printed, by role."""

    items: tuple[Quote, ...]
    kind: Literal["quotes"] = "quotes"


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece that cannot be shown, and why: told to the team, never published."""

    title: str
    reason: str
    kind: Literal["missing"] = "missing"


Piece = Text | Heading | Facts | Table | Map | Quotes | Missing


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A role and who holds it."""

    role: str
    holder: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the method: sentences, and a table when numbers are needed."""

    title: str
    lines: tuple[str, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a reader of the synthesis receives."""

    title: str
    subtitle: str
    author: str
    source: str
    date_line: str
    language: str
    is_simulated: bool
    chapters: tuple[Chapter, ...]
    publication: tuple[Mention, ...]
    group: tuple[Mention, ...]
    thanks: str
    method: tuple[Part, ...]
    shown_territories: tuple[str, ...]
    cautions: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, method included, each once by its code."""
        found = {one.code: one for one in self._tables()}
        return tuple(found.values())

    def table(self, code: str) -> Table | None:
        return next((one for one in self.tables if one.code == code), None)

    @property
    def pieces(self) -> list[Piece]:
        return [piece for chapter in self.chapters for piece in chapter.pieces]

    @property
    def missing(self) -> tuple[Missing, ...]:
        return tuple(one for one in self.pieces if isinstance(one, Missing))

    def _tables(self) -> Iterator[Table]:
        for chapter in self.chapters:
            for piece in chapter.pieces:
                if isinstance(piece, Table):
                    yield piece
        for part in self.method:
            if part.table:
                yield part.table


_STORED = TypeAdapter(Content)


def to_store(content: Content) -> Any:
    """The content as plain JSON values, for `Edition`."""
    return _STORED.dump_python(content, mode="json")


def from_store(stored: object) -> Content:
    return _STORED.validate_python(stored)
