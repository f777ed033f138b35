"""Every text that a document holds, for whoever has to read it over."""

from __future__ import annotations

from collections.abc import Iterator

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
    walk,
)


def texts_of(document: Document) -> Iterator[str]:
    """Titles, paragraphs, cells, captions, in reading order; drawings by their words.

    >>> body = [Section("The shared direction", [Lead("Nobody left out.")])]
    >>> list(texts_of(Document("Roadmap", body, "en", "", "", "")))
    ['Roadmap', '', '', 'The shared direction', 'Nobody left out.']
    """
    yield document.title
    yield document.subtitle
    yield document.date_line
    for block in walk(document.sections):
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Section(title):
            yield title
        case Paragraph(text) | Lead(text) | Callout(text):
            yield plain(text)
        case Items(items):
            yield from map(plain, items)
        case Quote(text, role):
            yield from (text, role)
        case Facts(items):
            for one in items:
                yield from (one.label, one.line, one.note)
        case Table(caption, header, rows):
            yield from (caption, *header, block.note, block.conclusion)
            for row in rows:
                yield from map(plain, row)
        case Figure():
            yield from (block.caption, block.alt, block.note)
