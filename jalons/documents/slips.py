"""Slips to cut out, eight a page, each with its code and the way to it.

A4 upright, as a tagged PDF (PDF/UA-1). Knows no survey: `Slips` says all that is drawn.
As in `pdf`, texts are values of the program that sets them, never its source.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import typst

from jalons.documents import letters

LAYOUT = Path(__file__).with_name("slips.typ")


@dataclass(frozen=True, slots=True)
class Slip:
    """A code to type, and the address that types it."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Slips:
    """Everything printed; title, lines and foot are the same on each slip."""

    title: str
    lead: str
    author: str
    language: str
    lines: Sequence[str]
    foot: str
    slips: Sequence[Slip]
    code_words: str
    watermark: str = ""


def make_slips(slips: Slips) -> bytes:
    """Set the slips; the same slips give the same bytes."""
    files: Any = {
        "main.typ": LAYOUT.read_bytes(),
        "slips.json": json.dumps(_plain(slips)).encode(),
    }
    for rank, one in enumerate(slips.slips):
        drawn = io.BytesIO()
        segno.make(one.address, error="m").save(drawn, kind="svg", light="#fff")
        files[f"code-{rank}.svg"] = drawn.getvalue()
    return typst.compile(
        files, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True
    )


def _plain(slips: Slips) -> dict[str, Any]:
    line = letters.line
    return {
        "lang": slips.language,
        "title": line(slips.title).strip() or letters.SQUARE,
        "lead": line(slips.lead),
        "author": line(slips.author),
        "lines": [line(one) for one in slips.lines],
        "foot": line(slips.foot),
        "codes": [line(one.code) for one in slips.slips],
        "code_words": line(slips.code_words),
        "watermark": line(slips.watermark),
    }
