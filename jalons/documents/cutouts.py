"""Cards to cut out, several a page: to write on, to sort on a wall, to vote with.

A4 upright, as a tagged PDF (PDF/UA-1), with as many rows as its longest card allows.
Knows no workshop: `Cutouts` says all that is drawn. As in `pdf`, texts are values of
the program that sets them, never its source.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from jalons.documents import letters

LAYOUT = Path(__file__).with_name("cutouts.typ")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said beside so many boxes to tick."""

    words: str
    boxes: int = 1


@dataclass(frozen=True, slots=True)
class Cutout:
    """One card: what it is about, then what it says, or boxes and lines to fill."""

    head: str
    text: str = ""
    hint: str = ""
    choices: Sequence[Choice] = ()
    line_count: int = 0
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Cutouts:
    """Everything printed; `blank` completes the last page, half of one at least."""

    title: str
    lead: str
    author: str
    language: str
    cards: Sequence[Cutout]
    blank: Cutout
    page_words: str
    watermark: str = ""


def make_cutouts(cutouts: Cutouts) -> bytes:
    """Set the cards; the same cards give the same bytes."""
    files: Any = {
        "main.typ": LAYOUT.read_bytes(),
        "cutouts.json": json.dumps(_plain(cutouts)).encode(),
    }
    return typst.compile(
        files, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True
    )


def _plain(cutouts: Cutouts) -> dict[str, Any]:
    line = letters.line
    return {
        "lang": cutouts.language,
        "title": line(cutouts.title).strip() or letters.SQUARE,
        "lead": line(cutouts.lead),
        "author": line(cutouts.author),
        "cards": [_card(one) for one in cutouts.cards],
        "blank": _card(cutouts.blank),
        "page_words": line(cutouts.page_words),
        "watermark": line(cutouts.watermark),
    }


def _card(card: Cutout) -> dict[str, Any]:
    line = letters.line
    return {
        "head": line(card.head),
        "text": line(card.text),
        "hint": line(card.hint),
        "choices": [[line(one.words), one.boxes] for one in card.choices],
        "line_count": card.line_count,
        "foot": line(card.foot),
    }
