"""One document, described once, made into files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jalons.documents.docx import make_docx
from jalons.documents.model import Document
from jalons.documents.odt import make_odt
from jalons.documents.pdf import make_pdf
from jalons.documents.pptx import make_pptx
from jalons.documents.xlsx import make_xlsx

MAKERS: Mapping[str, Callable[[Document], bytes]] = {
    "docx": make_docx,
    "odt": make_odt,
    "pdf": make_pdf,
    "pptx": make_pptx,
    "xlsx": make_xlsx,
}
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
        known = ", ".join(sorted(MAKERS))
        super().__init__(f"no document can be made as {format!r}: choose from {known}")


def render(document: Document, format: str) -> bytes:
    """Make the file of the document: "pdf", "docx", "odt", "pptx" or "xlsx"."""
    if format not in MAKERS:
        raise UnknownFormat(format)
    return MAKERS[format](document)
