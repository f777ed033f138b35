"""The words of a team in a document: paragraphs, lists, subtitles, bold. Nothing else.

    ## A subtitle
    A paragraph, with **words in bold**.

    - a line of a list
    - another one

What is typed otherwise stays a text: no character of it is a command elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jalons.documents.model import (
    Block,
    Emphasis,
    Items,
    Paragraph,
    Section,
    Strong,
    Text,
)

SUBTITLE = "## "
BULLETS = ("- ", "• ", "* ", "– ")
"""Marks that begin a line of a list: those that a word processor pastes as well."""
BOLD = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*")


def blocks_of(text: str) -> list[Block]:
    """The text as blocks; a subtitle holds what follows it, up to the next one.

    >>> blocks_of("Un cap.\\n## Ici\\n- aider\\n- former")
    [Paragraph(text='Un cap.'), \
Section(title='Ici', blocks=[Items(items=['aider', 'former'])], kind='section', \
is_detail=False)]
    """
    before: list[str] = []
    held: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        title = line.strip().removeprefix(SUBTITLE).strip()
        if line.strip().startswith(SUBTITLE) and title:
            held.append((title, []))
        else:
            (held[-1][1] if held else before).append(line.strip())
    return [
        *_blocks(before),
        *(Section(title, list(_blocks(lines))) for title, lines in held),
    ]


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    said: list[str] = []
    items: list[Text] = []
    for line in [*lines, ""]:
        mark = next((one for one in BULLETS if line.startswith(one)), "")
        if said and (mark or not line):
            yield Paragraph(runs_of(" ".join(said)))
            said = []
        if items and not mark:
            yield Items(items)
            items = []
        if mark:
            items.append(runs_of(line.removeprefix(mark).strip()))
        elif line:
            said.append(line)


def runs_of(line: str) -> Text:
    """A line and its words in bold.

    >>> runs_of("Un **cap** partagé"), runs_of("2 ** 3")
    (['Un ', Strong(text='cap'), ' partagé'], '2 ** 3')
    """
    pieces: list[str | Strong | Emphasis] = []
    for rank, piece in enumerate(BOLD.split(line)):
        if piece:
            pieces.append(Strong(piece) if rank % 2 else piece)
    return pieces if any(isinstance(one, Strong) for one in pieces) else line
