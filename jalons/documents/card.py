"""One page in large print, to be handed over or pinned up, as a tagged PDF (PDF/UA-1).

The print is as large as the page allows: from 17 points down to 10 on A5, from 30 down
to 12 on A4. Knows nothing of what it says: `Card` is all that is drawn. As in `pdf`,
texts are values of the program that sets them, never its source.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import segno
import typst

from jalons.documents import letters

LAYOUT = Path(__file__).with_name("card.typ")
Paper = Literal["a4", "a5"]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines; empty lines are left out."""

    title: str
    lines: Sequence[str]
    is_strong: bool = False
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Everything printed; a code leads to `address`, when there is one."""

    title: str
    author: str
    language: str
    parts: Sequence[Part]
    foot: str
    address: str = ""
    address_words: str = ""
    watermark: str = ""
    paper: Paper = "a5"


def make_card(card: Card) -> bytes:
    """Set the card; the same card gives the same bytes."""
    files: Any = {
        "main.typ": LAYOUT.read_bytes(),
        "card.json": json.dumps(_plain(card)).encode(),
    }
    if card.address:
        code = io.BytesIO()
        segno.make(card.address, error="m").save(
            code, kind="svg", scale=4, light="#fff"
        )
        files["code.svg"] = code.getvalue()
    return typst.compile(
        files, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True
    )


def _plain(card: Card) -> dict[str, Any]:
    line = letters.line
    return {
        "lang": card.language,
        "paper": card.paper,
        "title": line(card.title).strip() or letters.SQUARE,
        "author": line(card.author),
        "foot": line(card.foot),
        "has_code": bool(card.address),
        "address_words": line(card.address_words),
        "watermark": line(card.watermark),
        "parts": [
            {
                "title": line(part.title),
                "lines": [line(one) for one in part.lines if one.strip()],
                "is_strong": part.is_strong,
                "is_list": part.is_list,
            }
            for part in card.parts
            if any(one.strip() for one in part.lines)
        ],
    }
