"""The drawings of a document as PNG, for programs that do not show SVG alike.

The engine of the PDF draws them, with its own fonts: the same picture everywhere.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from jalons.documents.images import DOTS_PER_INCH as MARK_DOTS
from jalons.documents.images import png_size
from jalons.documents.model import Document, Figure, Graphic, Logo, Table, walk

LAYOUT = Path(__file__).with_name("pictures.typ")
DOTS_PER_INCH = 192
"""Twice a screen: sharp on paper and on a projector, a map under 200 kB."""

_SIZE_IN_PNG = slice(16, 24)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its size in inches: a column of A4 for a figure."""

    png: bytes
    width: float
    height: float


def pictures(document: Document) -> Mapping[str, Picture]:
    """Each drawing of the document, by its SVG, drawn in one go."""
    drawings = dict(_drawings(document))
    if not drawings:
        return {}
    names = [f"drawing-{at}.svg" for at in range(len(drawings))]
    listed = [
        {"name": name, "is-figure": is_figure}
        for name, is_figure in zip(names, drawings.values(), strict=True)
    ]
    # Files in memory: accepted by the compiler, missing from its annotations.
    files: Any = {
        "main.typ": LAYOUT.read_bytes(),
        "drawings.json": json.dumps(listed).encode(),
        **{name: svg.encode() for name, svg in zip(names, drawings, strict=True)},
    }
    made = typst.compile(
        files, format="png", ppi=float(DOTS_PER_INCH), ignore_system_fonts=True
    )
    pages = made if isinstance(made, list) else [made]
    return dict(zip(drawings, map(_picture, pages), strict=True))


def picture_of(logo: Logo) -> Picture:
    """The mark of a body, as large as it was drawn."""
    width, height = png_size(logo.content)
    return Picture(logo.content, width / MARK_DOTS, height / MARK_DOTS)


def _drawings(document: Document) -> Iterator[tuple[str, bool]]:
    """SVG texts, and whether each is a figure, larger than its cell would be."""
    for block in walk(document.sections):
        match block:
            case Figure():
                yield str(block.svg), True
                yield from ((str(entry.swatch), False) for entry in block.legend)
            case Table():
                cells = (cell for row in block.rows for cell in row)
                yield from (
                    (str(c.svg), False) for c in cells if isinstance(c, Graphic)
                )


def _picture(png: bytes | None) -> Picture:
    if not png:
        raise ValueError("the drawing gave no picture")
    width, height = struct.unpack(">II", png[_SIZE_IN_PNG])
    return Picture(png, width / DOTS_PER_INCH, height / DOTS_PER_INCH)
