"""A document as a tagged PDF (PDF/UA-1), set by Typst.

The document goes to `report.typ` as JSON: its texts are values of that program,
never its source, so nothing a respondent writes can become a command. No clock,
no system font, no network: the same document gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from jalons.documents import letters
from jalons.documents.images import held, png_size
from jalons.documents.model import (
    Callout,
    Cell,
    Cover,
    Document,
    Emphasis,
    Facts,
    Figure,
    Graphic,
    Items,
    Lead,
    Link,
    Logo,
    Mention,
    Number,
    Paragraph,
    Piece,
    Quote,
    Section,
    Strong,
    Table,
    Text,
    plain,
)

LAYOUT = Path(__file__).with_name("report.typ")

WIDE_COLUMN = 24
"""A column holding a text longer than this takes the room that is left."""

SHORT_COLUMN = 20
"""A first column of codes no longer than this is as wide as they are."""

LONGEST_CODE = 40
"""Letters of the longest code: a name in one word, not cut where a line ends."""

MOST_SHARES = 3
"""Times that the longest texts are as wide as those that hardly fold."""

PARAGRAPH = 120
"""A longer text is read as a paragraph: its column takes twice as much again."""

MANY_COLUMNS = 5
"""Beyond this number of columns, all are measured in letters."""

NARROWEST = 6
"""Letters in the narrowest column."""

GRAPHIC = 12
"""Letters that a column of small graphics is worth: in less, they are only dots."""

FOLDED = 32
"""Letters of a text before it folds, when all columns are measured in letters."""

TITLE_LINES = 3
"""Lines that the title of a column folds in, when its words allow it."""

LINE = 116
"""Letters of a whole line of a table: with more, columns are squeezed."""

PAGE_LETTERS = 1_500
"""A longer text in a cell may go on from one page to the next."""

GUTTER = 2
"""Letters that the space between two columns is worth."""

Node = dict[str, Any]


def make_pdf(document: Document) -> bytes:
    """Set the document; 20 pages with maps take well under a second."""
    drawings = Drawings()
    with translation.override(document.language):
        report = _report(document, drawings)
    # Files in memory: accepted by the compiler, missing from its annotations.
    files: Any = {
        "main.typ": LAYOUT.read_bytes(),
        "document.json": json.dumps(report).encode(),
        **drawings.files,
    }
    return typst.compile(
        files, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True
    )


def page_count(content: bytes) -> int:
    """How many pages a PDF of ours has: the largest node of its tree of pages."""
    return max(
        int(one) for one in re.findall(rb"/Type\s*/Pages\s*/Count (\d+)", content)
    )


class Drawings:
    """The SVG files that accompany the document, each stored once."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._names: dict[str, str] = {}

    def add(self, svg: str) -> str:
        """Keep a drawing and return the name under which it is read."""
        name = self._names.setdefault(svg, f"drawing-{len(self._names)}.svg")
        self.files[name] = svg.encode()
        return name


def _report(document: Document, drawings: Drawings) -> Node:
    words = {
        "page": _("page {page} of {pages}"),
        "publication": _("Publication"),
        "group": _("Project group"),
        "thanks": _("Thanks"),
    }
    return {
        "lang": document.language.split("-")[0],
        "title": _required(document.title),
        "subtitle": letters.line(document.subtitle),
        "author": letters.line(document.author),
        "date_line": letters.line(document.date_line),
        "source_line": letters.line(document.source_line),
        "watermark": letters.line(document.watermark or ""),
        "words": words,
        "cover": _cover(document.cover, drawings) if document.cover else None,
        "blocks": [_block(section, drawings) for section in document.sections],
    }


def _block(block: object, drawings: Drawings) -> Node:
    match block:
        case Section():
            return _section(block, drawings)
        case Paragraph(text):
            return {"kind": "paragraph", "text": _runs(text)}
        case Lead(text):
            return {"kind": "lead", "text": _runs(text)}
        case Callout(text, tone):
            return {"kind": "callout", "text": _runs(text), "tone": tone}
        case Items(items):
            return {"kind": "items", "items": [_runs(item) for item in items]}
        case Quote(text, role):
            said = letters.lines(text)
            return {"kind": "quote", "lines": said, "role": letters.line(role)}
        case Facts():
            return _facts(block)
        case Table():
            return _table(block, drawings)
        case Figure():
            return _figure(block, drawings)
    raise TypeError(f"a document holds no {type(block).__name__}")


def _section(section: Section, drawings: Drawings) -> Node:
    return {
        "kind": "section",
        "title": _required(section.title),
        "starts_page": section.kind == "chapter",
        "blocks": [_block(each, drawings) for each in section.blocks],
    }


def _cover(cover: Cover, drawings: Drawings) -> Node:
    return {
        "publication": [_mention(one) for one in cover.publication],
        "group": [_mention(one) for one in cover.group],
        "thanks": _runs(cover.thanks),
        "logos": [_logo(one, drawings) for one in cover.logos],
    }


def _logo(one: Logo, drawings: Drawings) -> Node:
    """Inside an SVG: the engine is given texts only."""
    svg = held(one.content, "image/png", *png_size(one.content))
    return {"file": drawings.add(svg), "alt": _required(one.alt)}


def _mention(one: Mention) -> Node:
    role = _("%(name)s:") % {"name": one.role} if one.role else ""
    return {"role": letters.line(role), "holder": letters.line(one.holder)}


def _required(text: str) -> str:
    """A text that may not be empty, even when none of its letters can be shown."""
    return letters.line(text).strip() or letters.SQUARE


def _runs(text: Text) -> list[Node]:
    return list(_styled([text] if isinstance(text, str) else text))


def _styled(pieces: Sequence[Piece]) -> Iterator[Node]:
    for piece in pieces:
        match piece:
            case Strong(words):
                yield {"style": "strong", "lines": letters.lines(words)}
            case Emphasis(words):
                yield {"style": "emphasis", "lines": letters.lines(words)}
            case Link(words, url):
                yield {"style": "link", "lines": letters.lines(words), "url": url}
            case str():
                yield {"style": "plain", "lines": letters.lines(piece)}


def _facts(facts: Facts) -> Node:
    items = [
        {
            "label": letters.line(fact.label),
            "value": letters.line(fact.value),
            "unit": letters.line(fact.unit),
            "before": letters.line(fact.before),
            "note": letters.line(fact.note),
        }
        for fact in facts.items
    ]
    return {"kind": "facts", "items": items}


def _table(table: Table, drawings: Drawings) -> Node:
    columns = range(len(table.header))
    return {
        "kind": "table",
        "caption": letters.line(table.caption),
        "header": [letters.line(title) for title in table.header],
        "alignments": [table.alignment(column) for column in columns],
        "columns": _column_widths(table),
        "folds": any(_longest_text(table, column) > PAGE_LETTERS for column in columns),
        "lines": sum(_line_count(row) for row in table.rows),
        "rows": [
            [_cell(_unbroken(row[c], table, c), drawings) for c in columns]
            for row in table.rows
        ],
        "note": letters.line(_note(table)),
        "conclusion": letters.line(table.conclusion),
    }


def _note(table: Table) -> str:
    source = _("Source: %(source)s.") % {"source": table.source} if table.source else ""
    return " ".join(filter(None, (table.note, source)))


def _column_widths(table: Table) -> list[int]:
    """Shares of the room, or 0 for a column as wide as its content.

    The first column, unless it holds short codes beside long texts, and those with
    long texts share the room left, the longest taking the most. A table of many
    columns, or of long titles, has no room left: each then takes its part, and its
    title is folded.
    """
    columns = range(len(table.header))
    has_long_titles = any(len(title) > WIDE_COLUMN for title in table.header[1:])
    if has_long_titles or len(columns) > MANY_COLUMNS:
        wanted = [_letters_across(table, column) for column in columns]
        return _squeezed(wanted, [_longest_word(table, column) for column in columns])
    longest = [_longest_text(table, column) for column in columns]
    shares = [_shares(n) for n in longest]
    if any(shares[1:]) and _is_codes(table, longest[0]):
        shares[0] = 0
    elif longest[0] > SHORT_COLUMN or not any(shares):
        shares[0] = max(shares[0], 1)
    return shares


def _shares(longest: int) -> int:
    """What a column of texts asks for of the room left, by its longest text."""
    if longest <= WIDE_COLUMN:
        return 0
    if longest > PARAGRAPH:
        return 2 * MOST_SHARES
    return min(-(-longest // WIDE_COLUMN), MOST_SHARES)


def _is_codes(table: Table, longest: int) -> bool:
    """Whether the first column holds single words, which no line may cut."""
    texts = (plain(row[0]) for row in table.rows)
    return longest <= LONGEST_CODE and not any(" " in one for one in texts)


def _squeezed(wanted: list[int], least: list[int]) -> list[int]:
    """What a line has room for: long texts fold first, no word is ever cut."""
    room = LINE - sum(least)
    more = [max(want - word, 0) for want, word in zip(wanted, least, strict=True)]
    if sum(wanted) <= LINE or room <= 0 or not sum(more):
        return wanted
    share = min(room / sum(more), 1)
    return [word + int(share * extra) for word, extra in zip(least, more, strict=True)]


def _longest_word(table: Table, column: int) -> int:
    """Letters that no line may cut in a column, its gutter with them."""
    is_drawn = any(isinstance(row[column], Graphic) for row in table.rows)
    texts = [plain(_unbroken(row[column], table, column)) for row in table.rows]
    words = (w for text in [table.header[column], *texts] for w in text.split(" "))
    return max([GRAPHIC if is_drawn else NARROWEST, *map(len, words)]) + GUTTER


def _longest_text(table: Table, column: int) -> int:
    return max((len(plain(row[column])) for row in table.rows), default=0)


def _line_count(row: Sequence[Cell]) -> int:
    """About how many lines a row takes: its longest text folds in its column."""
    share = LINE / max(len(row), 1)
    return max((ceil(len(plain(cell)) / share) or 1 for cell in row), default=1)


def _letters_across(table: Table, column: int) -> int:
    """The longest number of a column, or what folds its title in `TITLE_LINES`.

    A text folds: it asks for no more than a part of the page.
    """
    title = table.header[column]
    longest_word = max(map(len, title.split()), default=0)
    words = max(longest_word, ceil(len(title) / TITLE_LINES))
    is_drawn = any(isinstance(row[column], Graphic) for row in table.rows)
    least = GRAPHIC if is_drawn else NARROWEST
    longest = _longest_text(table, column)
    if table.alignment(column) != "end":
        longest = min(longest, FOLDED)
    return max(longest, words, least) + GUTTER


def _unbroken(cell: Cell, table: Table, column: int) -> Cell:
    """A number stays on one line: "72 % (23)" is not read in two pieces."""
    is_number = table.alignment(column) == "end"
    if is_number and isinstance(cell, str) and len(cell) <= WIDE_COLUMN:
        return cell.replace(" ", "\u00a0")
    return cell


def _cell(cell: Cell, drawings: Drawings) -> Node:
    if isinstance(cell, Graphic):
        return {"kind": "graphic", "file": drawings.add(cell.svg)}
    text = cell.text if isinstance(cell, Number) else cell
    return {"kind": "text", "text": _runs(text)}


def _figure(figure: Figure, drawings: Drawings) -> Node:
    legend = [
        {"label": letters.line(entry.label), "file": drawings.add(entry.swatch)}
        for entry in figure.legend
    ]
    return {
        "kind": "figure",
        "file": drawings.add(figure.svg),
        "alt": _required(figure.alt),
        "caption": letters.line(figure.caption),
        "note": letters.line(figure.note),
        "legend": legend,
        "height": figure.height_mm,
        "fills": figure.fills,
    }
