"""A table to pin up in a workshop: filled in, or blank to be filled in by hand.

Landscape, A4 or A3, as a tagged PDF (PDF/UA-1). Knows no matrix: `Board` says all that
is drawn. As in `pdf`, texts are values of the program that sets them, never its source.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import typst

from jalons.documents import letters

LAYOUT = Path(__file__).with_name("board.typ")
Paper = Literal["a3", "a4"]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column asks; `hint` is said under its title."""

    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; without title, a line to be written by hand. `note` is said below."""

    title: str
    cells: Sequence[str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything printed; `legend` are pairs (letter, what it means)."""

    title: str
    subtitle: str
    lead: str
    corner: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    legend: Sequence[tuple[str, str]]
    language: str
    source_line: str
    page_words: str
    paper: Paper = "a4"
    watermark: str = ""


def make_board(board: Board) -> bytes:
    """Set the board; the same board gives the same bytes."""
    files: Any = {
        "main.typ": LAYOUT.read_bytes(),
        "board.json": json.dumps(_plain(board)).encode(),
    }
    return typst.compile(
        files, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True
    )


def _plain(board: Board) -> dict[str, Any]:
    line = letters.line
    return {
        "lang": board.language,
        "paper": board.paper,
        "title": line(board.title),
        "subtitle": line(board.subtitle),
        "lead": line(board.lead),
        "corner": line(board.corner),
        "columns": [[line(one.title), line(one.hint)] for one in board.columns],
        "rows": [
            [line(one.title), line(one.note), [line(cell) for cell in one.cells]]
            for one in board.rows
        ],
        "legend": [[line(mark), line(words)] for mark, words in board.legend],
        "source_line": line(board.source_line),
        "page_words": line(board.page_words),
        "watermark": line(board.watermark),
    }
