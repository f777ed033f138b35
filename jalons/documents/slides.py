"""What goes on the slides of a document, and in which order.

A slide shows one thing: the key figures, a drawing, a table, words of respondents.
What is explained in the report is said by the speaker: paragraphs become notes, unless
a section has nothing else. Cautions and method are gathered on one slide, said once.
Annexes and details stay in the report.

A meeting bears ten slides. When there is more to show, each section keeps its first
thing, then its second as long as there is room; the rest stays in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TypeVar

from django.utils import translation
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Cover,
    Document,
    Facts,
    Figure,
    Items,
    Lead,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
    plain,
)

T = TypeVar("T")

MOST_SLIDES = 10
"""The title slide included."""
LINES_ON_A_SLIDE = 15
"""Lines of a table at 12 points between the title and the source."""
EVEN_LETTERS = 1.15
"""Letters of ordinary words on the width of a hundred of the widest ones."""
SMALLEST_SIZE = 12
"""Points of the smallest text of a table."""
LETTERS_ACROSS = 120
"""Letters of the smallest size on the width of a slide."""
QUOTES_ON_A_SLIDE = 3
ITEMS_ON_A_SLIDE = 7
LETTERS_ON_A_SLIDE = 1_000
"""Of cautions: more are read by nobody, and stay in the report."""
MOST_COLUMNS = 8
NARROWEST, WIDEST = 8, 48
"""Letters that a column may ask for."""
AIR = 3
"""Letters left free in a column, so that "40 % (12)" keeps to its line."""
MOST_AIR = 2.6
"""A small table is not stretched beyond this: the eye would lose its row."""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The answer in two sentences and the figures that hold it."""

    lead: Text
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class Quotes:
    items: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who made the document."""

    cover: Cover


Content = KeyFigures | Figure | Table | Quotes | Items | People


@dataclass(frozen=True, slots=True)
class Slide:
    """A title, one content, and what the speaker says."""

    title: str
    content: Content
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The slides that follow the title slide, and how many stay in the report."""

    slides: tuple[Slide, ...]
    left_out: int = 0

    @property
    def count(self) -> int:
        """The title slide included."""
        return len(self.slides) + 1


@dataclass(frozen=True, slots=True)
class _Shown:
    """A drawing or a table, and what is said of it right after."""

    content: Figure | Table
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    """What is met while a section is read."""

    title: str
    lead: Text = ""
    facts: Facts | None = None
    quotes: list[Quote] = field(default_factory=list)
    items: list[Text] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    shown: list[_Shown] = field(default_factory=list)
    has_details: bool = False
    """Whether something of it stays in the report: its words are about that."""
    beside: list[str] | None = None
    """The notes of the drawing or table just read, that go on its own slide."""

    def say(self, text: str) -> None:
        (self.notes if self.beside is None else self.beside).append(text)


def plan(document: Document) -> Plan:
    """The slides that follow the title slide."""
    told: list[str] = []
    sections: list[list[Slide]] = []
    with translation.override(document.language):
        for section in document.sections:
            sections += _of_section(section, told)
        last = list(_last(document, told))
    room = MOST_SLIDES - 1 - len(last)
    kept = _within(sections, room)
    made = [slide for section in kept for slide in section]
    left_out = sum(map(len, sections)) - len(made)
    return Plan((*made, *last), left_out)


def _last(document: Document, told: list[str]) -> Iterator[Slide]:
    """Cautions and method, then who made the document."""
    cautions = list(_as_many([*dict.fromkeys([*told, *document.cautions])]))
    if cautions:
        yield Slide(_("Cautions and method"), Items(cautions))
    if document.cover and (document.cover.group or document.cover.thanks):
        yield Slide(_("Project group and thanks"), People(document.cover))


def _as_many(cautions: Sequence[str]) -> Iterator[str]:
    """The first cautions, as many as are read."""
    letters = 0
    for one in cautions[:ITEMS_ON_A_SLIDE]:
        letters += len(one)
        if letters > LETTERS_ON_A_SLIDE:
            break
        yield one


def _within(sections: Sequence[list[Slide]], room: int) -> list[list[Slide]]:
    """The first slide of each section, then the second ones, while there is room."""
    counts = [0] * len(sections)
    for turn in range(max(map(len, sections), default=0)):
        for at, section in enumerate(sections):
            if turn < len(section) and sum(counts) < room:
                counts[at] += 1
    return [section[:n] for section, n in zip(sections, counts, strict=True)]


def _of_section(section: Section, cautions: list[str]) -> Iterator[list[Slide]]:
    if section.kind == "annex" or section.is_detail:
        return
    found = _Section(section.title)
    for block in section.blocks:
        _read(block, found, cautions)
    yield list(_slides(found))
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _of_section(block, cautions)


def _read(block: Block, found: _Section, cautions: list[str]) -> None:
    match block:
        case Lead(text):
            found.lead = found.lead or text
        case Paragraph(text):
            found.say(plain(text))
        case Facts():
            found.facts = found.facts or block
        case Callout(text, tone):
            (cautions.append if tone == "caution" else found.say)(plain(text))
        case Items(items):
            found.items += items
        case Quote():
            found.quotes.append(block)
        case Figure() | Table():
            found.beside = None
            is_empty = isinstance(block, Table) and not block.rows
            found.has_details |= block.is_detail or is_empty
            if not block.is_detail and not is_empty:
                found.shown.append(_Shown(block))
                found.beside = found.shown[-1].notes


def _slides(found: _Section) -> Iterator[Slide]:
    """One slide a content; what is said of a table goes with it, else the first."""
    made: list[Slide] = []
    if found.lead or found.facts:
        made.append(Slide(found.title, KeyFigures(found.lead, found.facts)))
    for shown in found.shown:
        made += _of_shown(found.title, shown)
    made += _parts(found.title, found.quotes, QUOTES_ON_A_SLIDE, _quotes)
    made += _parts(found.title, found.items, ITEMS_ON_A_SLIDE, Items)
    if not made and not found.has_details:
        yield from _parts(found.title, found.notes, ITEMS_ON_A_SLIDE, Items)
    if made and found.notes:
        made[0] = replace(made[0], notes=(*found.notes, *made[0].notes))
    yield from made


def _of_shown(title: str, shown: _Shown) -> list[Slide]:
    """The slides of a drawing or a table, what is said of it with the first."""
    content = shown.content
    if not isinstance(content, Table):
        return [Slide(title, content, tuple(shown.notes))]
    first, *others = _of_table(title, content)
    return [replace(first, notes=tuple(shown.notes)), *others]


def _quotes(items: Sequence[Quote]) -> Quotes:
    return Quotes(tuple(items))


def _parts(
    title: str, items: Sequence[T], most: int, content: Callable[[Sequence[T]], Content]
) -> list[Slide]:
    """Items shared among slides; the next ones say that they go on."""
    parts = [items[at : at + most] for at in range(0, len(items), most)]
    return [
        Slide(_continued(title, number), content(part))
        for number, part in zip(count(1), parts, strict=False)
    ]


def _continued(title: str, number: int) -> str:
    if number == 1:
        return title
    return _("%(title)s (continued, %(number)s)") % {"title": title, "number": number}


def _of_table(title: str, table: Table) -> list[Slide]:
    """A table on as many slides as its rows need; columns of drawings are left out."""
    kept = table.worded_columns[:MOST_COLUMNS]
    rows = [[row[column] for column in kept] for row in table.rows]
    header = [table.header[column] for column in kept]
    alignments = [table.alignment(column) for column in kept]
    return [
        Slide(
            _continued(title, number),
            Table(
                _continued(table.caption, number),
                header,
                part,
                alignments,
                table.note,
                conclusion=table.conclusion,
            ),
        )
        for number, part in zip(count(1), _pages(header, rows), strict=False)
    ]


def column_letters(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Letters across each column, within the width of the slide."""
    longest = [
        min(max(map(len, [title, *(row[at] for row in rows)])) + AIR, WIDEST)
        for at, title in enumerate(header)
    ]
    wanted = [max(one, NARROWEST) for one in longest]
    scale = min(LETTERS_ACROSS / sum(wanted), MOST_AIR)
    return [max(int(one * scale), NARROWEST // 2) for one in wanted]


def lines_of(row: Sequence[str], letters: Sequence[int]) -> int:
    """Lines that the tallest cell of a row takes."""
    return max(
        -(-len(cell) // across) or 1 for cell, across in zip(row, letters, strict=True)
    )


def lines_at(
    size: float, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[int]:
    """Lines of the header and of each row, at a size in points."""
    letters = column_letters(header, rows)
    scale = EVEN_LETTERS * SMALLEST_SIZE / size
    across = [int(one * scale) or 1 for one in letters]
    return [lines_of(row, across) for row in (header, *rows)]


def _pages(
    header: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Iterator[list[Sequence[Cell]]]:
    """Rows that fit on a slide under the header, in turn."""
    words = [[plain(cell) for cell in row] for row in rows]
    letters = column_letters(header, words)
    room = LINES_ON_A_SLIDE - lines_of(header, letters)
    page: list[Sequence[Cell]] = []
    taken = 0
    for row, said in zip(rows, words, strict=True):
        needed = lines_of(said, letters)
        if page and taken + needed > room:
            yield page
            page, taken = [], 0
        page.append(row)
        taken += needed
    if page:
        yield page
