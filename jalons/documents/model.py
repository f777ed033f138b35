"""A document as plain data: title, sections, blocks. No layout, no markup.

Apps compose one `Document` from their figures; every format is made from it. All
texts are data: no character of theirs is ever read as a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jalons.drawing.legends import Entry

Alignment = Literal["start", "center", "end"]
Tone = Literal["note", "caution"]


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


Text = str | Sequence[str | Strong | Emphasis]
"""A plain string, or its pieces when some are emphasised."""


@dataclass(frozen=True, slots=True)
class Graphic:
    """A small drawing in a cell, beside the number it repeats."""

    svg: str


Cell = Text | Graphic


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Lead:
    """The answer in two sentences, before the detail."""

    text: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One key figure with its unit, and under it n, interval and vintage."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    items: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of each row names the row."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    alignments: Sequence[Alignment] = ()
    note: str = ""

    def __post_init__(self) -> None:
        expected = len(self.header)
        for position, row in enumerate(self.rows, start=1):
            if len(row) != expected:
                raise UnevenTable(self.caption, position, expected, len(row))

    def alignment(self, column: int) -> Alignment:
        """Columns without a stated alignment start like text."""
        return self.alignments[column] if column < len(self.alignments) else "start"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing in the print skin; `alt` says what it shows and is required."""

    svg: str
    alt: str
    caption: str
    note: str = ""
    legend: Sequence[Entry] = ()

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
    """A heading and what stands under it; a section inside is one level lower."""

    title: str
    blocks: Sequence[Block]

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise MissingTitle("A section")


Block = Paragraph | Lead | Facts | Table | Figure | Quote | Callout | Items | Section


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a reader receives.

    `source_line` and `date_line` are ready texts: the same document gives the
    same file, whenever it is made. `language` is a BCP 47 code ("fr", "en").
    `watermark` is written on every page.
    """

    title: str
    sections: Sequence[Section]
    language: str
    source_line: str
    date_line: str
    author: str
    subtitle: str = ""
    watermark: str | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise MissingTitle("The document")
