"""A document for programs: its blocks in reading order, in plain words.

Made from what is shown, never from what it was composed of: what the document leaves
out cannot be given. Drawings are told by their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from jalons.documents.model import (
    Block,
    Callout,
    Document,
    Facts,
    Figure,
    Items,
    Lead,
    Paragraph,
    Quote,
    Section,
    Table,
    plain,
)

Kind = Literal["text", "list", "facts", "table", "figure", "quote", "remark"]


@dataclass(frozen=True, slots=True)
class Told:
    """One block: the titles above it, its words, the cells of a table."""

    kind: Kind
    under: tuple[str, ...]
    words: list[str]
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def blocks_of(document: Document) -> Iterator[Told]:
    """Every block, in reading order.

    >>> body = [Section("Stakes", [Lead("Two."), Items(["One", "Other"])])]
    >>> [one.words for one in blocks_of(Document("Roadmap", body, "en", "", "", ""))]
    [['Two.'], ['One', 'Other']]
    """
    yield from _under(document.sections, ())


def _under(blocks: Sequence[Block], titles: tuple[str, ...]) -> Iterator[Told]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _under(block.blocks, (*titles, block.title))
        else:
            yield _told(block, titles)


def _told(block: Block, under: tuple[str, ...]) -> Told:
    match block:
        case Paragraph(text) | Lead(text):
            return Told("text", under, [plain(text)])
        case Callout(text):
            return Told("remark", under, [plain(text)])
        case Items(items):
            return Told("list", under, [plain(one) for one in items])
        case Quote(text, role):
            return Told("quote", under, _filled(text, role))
        case Facts(items):
            lines = [[one.label, one.line, one.note] for one in items]
            return Told("facts", under, [], [], lines)
        case Table(caption, header, rows):
            words = _filled(caption, block.note, block.conclusion, block.source)
            cells = [[plain(cell) for cell in row] for row in rows]
            return Told("table", under, words, [*header], cells)
        case Figure():
            return Told("figure", under, _filled(block.caption, block.alt, block.note))
    raise TypeError(type(block))


def _filled(*words: str) -> list[str]:
    return [one for one in words if one]
