"""A document as plain data: title, sections, blocks. No layout, no markup.

Apps compose one `Document` from their figures; every format is made from it. All
texts are data: no character of theirs is ever read as a command.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jalons.drawing.legends import Entry

_LOGO = "logo"
Alignment = Literal["start", "center", "end"]
Tone = Literal["note", "caution"]
SectionKind = Literal["section", "chapter", "annex"]
Value = str | int | float | None
"""What a workbook keeps of a cell; None is an empty cell."""


SAFE_URL = re.compile(r"https?://[^\s<>\"]+|mailto:[^\s<>\"@]+@[^\s<>\"@]+", re.I)
"""Where a link may lead: a page of the web or a mailbox, never a script or a file."""


class UnsafeLink(ValueError):
    """A link to something else than a page or a mailbox."""

    def __init__(self, url: str) -> None:
        super().__init__(f"A document does not lead to “{url}”.")


class MissingAlternative(ValueError):
    """A figure without words for those who cannot see it."""

    def __init__(self, caption: str) -> None:
        super().__init__(
            f"The figure “{caption}” has no alternative text: say in one or two "
            "sentences what it shows."
        )


class MissingTitle(ValueError):
    """A document or section without a title: readers move from title to title."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} has no title.")


class UnevenTable(ValueError):
    """A table with rows of different lengths: a number would change column."""

    def __init__(self, caption: str, row: int, expected: int, found: int) -> None:
        super().__init__(
            f"Table “{caption}”, row {row}: {found} cells where the header "
            f"has {expected}."
        )


@dataclass(frozen=True, slots=True)
class Strong:
    """Words set in bold inside a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set in italics inside a text: a title, a word of another language."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page, or to an address one writes to."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not SAFE_URL.fullmatch(self.url):
            raise UnsafeLink(self.url)


Piece = str | Strong | Emphasis | Link
Text = str | Sequence[Piece]
"""A plain string, or its pieces when some are emphasised or lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Graphic:
    """A small drawing in a cell, beside the number it repeats."""

    svg: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is read, and its value for a workbook; None is missing."""

    text: str
    value: int | float | None


Cell = Text | Graphic | Number


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Lead:
    """The answer in two sentences, before the detail."""

    text: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One key figure with its unit, and under it n, interval and vintage; `before` is
    a word read before it, such as “about”."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    before: str = ""

    @property
    def line(self) -> str:
        """All of it but the note."""
        return " ".join(filter(None, (self.before, self.value, self.unit)))


@dataclass(frozen=True, slots=True)
class Facts:
    items: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Records:
    """A table in plain values: a cell that says "12 of 40" fills two columns.

    `source` is that of these values alone, for a workbook whose sheets part.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of each row names the row.

    `records` are what a workbook keeps instead of the cells. `source` is said where
    it is not the document's. `is_detail`: too long for slides. `conclusion` is what
    the numbers allow to say, and goes wherever the table goes.
    """

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    alignments: Sequence[Alignment] = ()
    note: str = ""
    records: Records | None = None
    source: str = ""
    is_detail: bool = False
    conclusion: str = ""

    def __post_init__(self) -> None:
        _check_rows(self.caption, self.header, self.rows)
        if self.records:
            _check_rows(self.caption, self.records.header, self.records.rows)

    def alignment(self, column: int) -> Alignment:
        """Columns without a stated alignment start like text."""
        return self.alignments[column] if column < len(self.alignments) else "start"

    @property
    def worded_columns(self) -> list[int]:
        """Columns that hold words or numbers, where a small drawing cannot be shown."""
        return [
            column
            for column, title in enumerate(self.header)
            if column == 0 or title or any(plain(row[column]) for row in self.rows)
        ]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing in the print skin; `alt` says what it shows and is required.

    `height_mm` is what it may take of a printed page; one that `fills` takes what its
    page has left, and no more than that height.
    """

    svg: str
    alt: str
    caption: str
    note: str = ""
    legend: Sequence[Entry] = ()
    is_detail: bool = False
    height_mm: int = 130
    fills: bool = False

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise MissingAlternative(self.caption)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a respondent, with the role they agreed to show."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark set apart; `caution` when it limits what may be concluded."""

    text: Text
    tone: Tone = "note"


@dataclass(frozen=True, slots=True)
class Items:
    items: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; a section inside is one level lower.

    A chapter starts a page; slides leave annexes and details out.
    """

    title: str
    blocks: Sequence[Block]
    kind: SectionKind = "section"
    is_detail: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise MissingTitle("A section")


Block = Paragraph | Lead | Facts | Table | Figure | Quote | Callout | Items | Section


@dataclass(frozen=True, slots=True)
class Mention:
    """A role and who holds it: "Coordination", "Centre de ressources"."""

    role: str
    holder: str


@dataclass(frozen=True, slots=True)
class Logo:
    """The mark of a body: a small PNG, in base64, and the words that replace it."""

    png: str
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise MissingAlternative(_LOGO)

    @property
    def content(self) -> bytes:
        return b64decode(self.png)


@dataclass(frozen=True, slots=True)
class Cover:
    """Who made the document: publication, project group, thanks, and their marks."""

    publication: Sequence[Mention] = ()
    group: Sequence[Mention] = ()
    thanks: Text = ""
    logos: Sequence[Logo] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a reader receives.

    `source_line` and `date_line` are ready texts: the same document gives the
    same file, whenever it is made. `language` is a BCP 47 code ("fr", "en").
    `watermark` is written on every page. `cautions` are what a room must be told of
    the method: a report has an annex for it, slides have one slide.
    """

    title: str
    sections: Sequence[Section]
    language: str
    source_line: str
    date_line: str
    author: str
    subtitle: str = ""
    watermark: str | None = None
    cover: Cover | None = None
    cautions: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise MissingTitle("The document")


def plain(text: Cell) -> str:
    """The words of a text or cell alone; nothing for a drawing.

    >>> plain(["Sur ", Strong("93"), " EPCI"])
    'Sur 93 EPCI'
    """
    match text:
        case str():
            return text
        case Number(words, _):
            return words
        case Graphic():
            return ""
    return "".join(each if isinstance(each, str) else each.text for each in text)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order, each section before what it holds."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)


def _check_rows(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    for position, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise UnevenTable(caption, position, len(header), len(row))
