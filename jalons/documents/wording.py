"""The words of a team in a document: subtitles, paragraphs, lists, bold, links, tables.

    ## A subtitle
    A paragraph, with **words in bold** and [a link](https://exemple.fr).

    - a line of a list
    - another one

    What the table is called
    | Who | What |
    | the town hall | a room |

What is typed otherwise stays a text: no character of it is a command elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jalons.documents.model import (
    Block,
    Cell,
    Items,
    Link,
    Paragraph,
    Piece,
    Section,
    Strong,
    Table,
    Text,
    plain,
)

SUBTITLE = re.compile(r"#{2,4} +(?=\S)")
BULLETS = ("- ", "• ", "* ", "– ")
"""Marks that begin a line of a list: those that a word processor pastes as well."""
_ADDRESS = r"(?:[^\s<>\"()|]|\([^\s<>\"()|]*\))"
TARGET = rf"https?://{_ADDRESS}+|mailto:[^\s<>\"()@|]+@[^\s<>\"()@|]+"
"""Where a link leads: an address may hold brackets, by pairs."""
MARKED = re.compile(
    r"\*\*(?P<bold>\S(?:.*?\S)?)\*\*"
    rf"|\[(?P<words>[^\[\]]+)\]\((?P<url>{TARGET})\)"
    rf"|(?P<bare>https?://{_ADDRESS}*[^\s<>\"()|.,;:!?»’…])",
    re.IGNORECASE,
)
ROW = re.compile(r"\|.*\|")
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"\|[\s:|-]+\|")
"""A line of dashes under the titles of a table, that some programs add."""


def blocks_of(text: str, title: str = "") -> list[Block]:
    """The text as blocks; a subtitle holds what follows it, up to the next one.

    `title` is where it stands, that a table without a name of its own takes.

    >>> blocks_of("Un cap.\\n## Ici\\n- aider\\n- former")
    [Paragraph(text='Un cap.'), \
Section(title='Ici', blocks=[Items(items=['aider', 'former'])], kind='section', \
is_detail=False)]
    """
    before: list[str] = []
    held: list[tuple[str, list[str]]] = []
    for line in map(str.strip, text.splitlines()):
        if SUBTITLE.match(line):
            held.append((SUBTITLE.sub("", line, count=1), []))
        else:
            (held[-1][1] if held else before).append(line)
    return [
        *_blocks(before, title),
        *(Section(name, list(_blocks(lines, name))) for name, lines in held),
    ]


def apart(text: str) -> str:
    """Each ordinary line a paragraph of its own, as minutes are typed.

    >>> apart("Un\\ndeux\\n- a\\n- b")
    'Un\\n\\ndeux\\n- a\\n- b'
    """
    told: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if told and _is_ordinary(told[-1]) and _is_ordinary(line):
            told.append("")
        told.append(line)
    return "\n".join(told)


def lines_of(text: str) -> list[Text]:
    """One text a line, whether it begins with the mark of a list or not.

    >>> lines_of("- Louer une **salle**\\n\\nÉcrire")
    [['Louer une ', Strong(text='salle')], 'Écrire']
    """
    lines = (line.strip() for line in text.splitlines())
    return [runs_of(line.removeprefix(_mark(line)).strip()) for line in lines if line]


def runs_of(line: str) -> Text:
    """A line, its words in bold, its links.

    >>> runs_of("Un **cap** partagé"), runs_of("2 ** 3")
    (['Un ', Strong(text='cap'), ' partagé'], '2 ** 3')
    >>> runs_of("[Le plan](https://a.fr/p)")
    [Link(text='Le plan', url='https://a.fr/p')]
    """
    pieces: list[Piece] = []
    end = 0
    for found in MARKED.finditer(line):
        pieces += [line[end : found.start()], *_pieces(found)]
        end = found.end()
    kept = [one for one in (*pieces, line[end:]) if one]
    return kept if end else line


def _pieces(found: re.Match[str]) -> list[Piece]:
    """Words in bold, or a link; a link inside words in bold stays one."""
    if bold := found["bold"]:
        inside = runs_of(bold)
        parts = [inside] if isinstance(inside, str) else inside
        return [Strong(one) if isinstance(one, str) else one for one in parts]
    if bare := found["bare"]:
        return [Link(bare, bare)]
    return [Link(found["words"].replace("**", ""), found["url"])]


def _blocks(lines: Sequence[str], title: str) -> Iterator[Block]:
    """Lines that follow each other and are of one kind make one block."""
    said: list[str] = []
    items: list[Text] = []
    rows: list[list[Cell]] = []
    name = ""
    for line in [*lines, ""]:
        mark = _mark(line)
        is_row = bool(ROW.fullmatch(line))
        if said and is_row and len(said) == 1:
            name, said = said[0], []
        if said and (mark or is_row or not line):
            yield Paragraph(runs_of(" ".join(said)))
            said = []
        if items and not mark:
            yield Items(items)
            items = []
        if rows and not is_row:
            yield _table(rows, name or title)
            rows, name = [], ""
        if mark:
            items.append(runs_of(line.removeprefix(mark).strip()))
        elif is_row:
            rows += [] if RULE.fullmatch(line) else [_cells(line)]
        elif line:
            said.append(line)


def _is_ordinary(line: str) -> bool:
    marked = _mark(line) or SUBTITLE.match(line) or ROW.fullmatch(line)
    return bool(line) and not marked


def _mark(line: str) -> str:
    return next((one for one in BULLETS if line.startswith(one)), "")


def _cells(line: str) -> list[Cell]:
    cells = BETWEEN_CELLS.split(line.strip()[1:-1])
    return [runs_of(one.strip().replace("\\|", "|")) for one in cells]


def _table(rows: Sequence[list[Cell]], name: str) -> Block:
    """The first row names the columns; a row that lacks cells has empty ones."""
    across = max(map(len, rows))
    whole = [[*row, *[""] * (across - len(row))] for row in rows]
    header = [plain(cell) for cell in whole[0]]
    return Table(name.replace("**", ""), header, whole[1:])
