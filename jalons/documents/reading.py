"""A document read on a page: its headings at their level, its drawings as a page has.

One reading for the working document and for what was frozen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Emphasis,
    Fact,
    Facts,
    Figure,
    Items,
    Lead,
    Link,
    Paragraph,
    Piece,
    Quote,
    Section,
    Strong,
    Table,
    Text,
    plain,
)

FIRST_LEVEL, DEEPEST = 2, 6
"""The title of the page is above; headings stop where HTML does."""


@dataclass(frozen=True, slots=True)
class CellRead:
    words: SafeString
    is_number: bool


@dataclass(frozen=True, slots=True)
class TableRead:
    """The first cell of a row names it; columns of small drawings are left to paper."""

    caption: str
    header: Sequence[CellRead]
    rows: Sequence[tuple[CellRead, Sequence[CellRead]]]
    note: str


@dataclass(frozen=True, slots=True)
class Node:
    """One block as a template shows it; `kind` says which of the others is filled."""

    kind: str
    level: int = FIRST_LEVEL
    anchor: str = ""
    title: str = ""
    words: SafeString | str = ""
    items: Sequence[SafeString] = ()
    facts: Sequence[Fact] = ()
    table: TableRead | None = None
    figure: Figure | None = None
    nodes: Sequence[Node] = field(default_factory=list)


def nodes_of(sections: Sequence[Section], figures: Sequence[Figure]) -> list[Node]:
    """Sections on a page; `figures` are their drawings for a page, in order."""
    drawn = iter(figures)
    return [
        _section(section, FIRST_LEVEL, drawn, f"partie-{rank}")
        for rank, section in enumerate(sections, start=1)
    ]


def _section(
    section: Section, level: int, drawn: Iterator[Figure], anchor: str = ""
) -> Node:
    nodes = [_node(one, level + 1, drawn) for one in section.blocks]
    return Node("section", min(level, DEEPEST), anchor, section.title, nodes=nodes)


def _node(block: Block, level: int, drawn: Iterator[Figure]) -> Node:
    match block:
        case Section():
            return _section(block, level, drawn)
        case Paragraph(text):
            return Node("paragraph", words=_runs(text))
        case Lead(text):
            return Node("lead", words=_runs(text))
        case Callout(text, tone):
            return Node("caution" if tone == "caution" else "note", words=_runs(text))
        case Items(items):
            return Node("items", items=[_runs(one) for one in items])
        case Quote(text, role):
            return Node("quote", title=role, words=text)
        case Facts(facts):
            return Node("facts", facts=facts)
        case Table():
            return Node("table", table=_table(block))
        case Figure():
            return Node("figure", figure=next(drawn, block))


def _table(table: Table) -> TableRead:
    kept = table.worded_columns
    numbers = {at for at in kept if table.alignment(at) == "end"}
    header = [CellRead(_cell(table.header[at]), at in numbers) for at in kept]
    rows = []
    for row in table.rows:
        first, *others = [CellRead(_cell(row[at]), at in numbers) for at in kept]
        rows.append((first, others))
    said = " ".join(filter(None, (table.note, table.source, table.conclusion)))
    return TableRead(table.caption, header, rows, said)


def _cell(cell: Cell) -> SafeString:
    if isinstance(cell, (list, tuple)):
        return _runs(cell)
    return format_html("{}", plain(cell))


def _runs(text: Text) -> SafeString:
    if isinstance(text, str):
        return format_html("{}", text)
    return format_html_join("", "{}", ((_run(one),) for one in text))


def _run(piece: Piece) -> SafeString:
    match piece:
        case Strong(words):
            return format_html("<strong>{}</strong>", words)
        case Emphasis(words):
            return format_html("<em>{}</em>", words)
        case Link(words, url):
            return format_html('<a href="{}">{}</a>', url, words)
    return format_html("{}", piece)
