"""How wide the columns of a table are in a document to be reworked.

Widths are counted in letters of the line: the fonts are those of the reader's machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from jalons.documents.model import Graphic, Table, plain

PADDING = 3
"""Letters that the margins of a cell take."""
BOLD = 1.2
"""Letters of the line that a letter of a title takes, in bold, in the widest fonts."""
NARROWEST, WIDEST = 6, 40
"""Letters given to the narrowest and to the widest column of short texts."""
SHORT = 20
"""Lines of the rows of a table that stays together on a page, with its caption."""
USUAL = 0.9
"""Share of the rows whose text a column tries to keep on one line."""
LONG = 160
"""Letters of a text that is a paragraph: its column takes twice as much."""
LINE, DRAWN = 96, 14
"""Letters of a whole line, and those that a drawing is as wide as."""


def is_short(table: Table, letters: Sequence[float]) -> bool:
    """Whether the rows stay together on a page, with their caption."""
    return _lines(table, letters) <= SHORT


def _lines(table: Table, letters: Sequence[float]) -> int:
    """About how many lines the rows take, their texts folded in their columns."""
    return sum(
        max(
            ceil(len(plain(cell)) / (room - PADDING))
            for cell, room in zip(row, letters, strict=True)
        )
        for row in table.rows
    )


def letters_across(table: Table) -> list[float]:
    """Letters of the line given to each column: each holds its longest word, then what
    is left goes to those whose text is longer still."""
    columns = range(len(table.header))
    least = [_longest_word(table, column) for column in columns]
    more = [
        max(_longest_text(table, column) - word, 0)
        for column, word in zip(columns, least, strict=True)
    ]
    left = max(LINE - sum(least), 0)
    share = min(left / sum(more), 1) if sum(more) else 0
    return [word + share * extra for word, extra in zip(least, more, strict=True)]


def _longest_word(table: Table, column: int) -> int:
    """Letters that no line may cut: no-break spaces hold words together."""
    title = max(map(len, re.split(r"[ \n]", table.header[column])))
    drawn = DRAWN if _has_drawing(table, column) else 0
    texts = (plain(row[column]) for row in table.rows)
    words = (len(word) for text in texts for word in re.split(r"[ \n]", text))
    return PADDING + max([drawn, NARROWEST - PADDING, ceil(BOLD * title), *words])


def _longest_text(table: Table, column: int) -> int:
    """What the texts of a column ask for: more when they are paragraphs."""
    lengths = sorted(len(plain(row[column])) for row in table.rows)
    if not lengths:
        return PADDING
    if lengths[-1] > LONG:
        return PADDING + 2 * WIDEST
    # A few long names may fold, so that a line of most rows does not.
    return PADDING + min(lengths[int(USUAL * (len(lengths) - 1))], WIDEST)


def _has_drawing(table: Table, column: int) -> bool:
    return any(isinstance(row[column], Graphic) for row in table.rows)
