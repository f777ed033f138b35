"""One document, described once, made into files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from jalons.documents.model import Document

_OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: Mapping[str, str] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


class UnknownFormat(ValueError):
    """A format that no maker is registered for."""

    def __init__(self, format: str) -> None:
        known = ", ".join(sorted(CONTENT_TYPES))
        super().__init__(f"no document can be made as {format!r}: choose from {known}")


def render(document: Document, format: str) -> bytes:
    """Make the file of the document: "pdf", "docx", "odt", "pptx" or "xlsx".

    What writes a format is imported when first asked for: together they take most of a
    second, which every command and every worker would pay.
    """
    if format not in CONTENT_TYPES:
        raise UnknownFormat(format)
    module = import_module(f"jalons.documents.{format}")
    make: Callable[[Document], bytes] = getattr(module, f"make_{format}")
    return make(document)
