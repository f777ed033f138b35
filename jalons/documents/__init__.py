"""One document, described once, made into files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jalons.documents.model import Document
from jalons.documents.pdf import make_pdf

MAKERS: Mapping[str, Callable[[Document], bytes]] = {"pdf": make_pdf}


class UnknownFormat(ValueError):
    """A format that no maker is registered for."""

    def __init__(self, format: str) -> None:
        known = ", ".join(sorted(MAKERS))
        super().__init__(f"no document can be made as {format!r}: choose from {known}")


def render(document: Document, format: str) -> bytes:
    """Make the file of the document in a format such as "pdf"."""
    if format not in MAKERS:
        raise UnknownFormat(format)
    return MAKERS[format](document)
