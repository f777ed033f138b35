"""Documents handed out as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from jalons.actors.pages import hand_out
from jalons.documents import CONTENT_TYPES, render
from jalons.documents.model import Document

FORMATS = ("pdf", "docx", "odt", "pptx")
WRITTEN = ("docx", "odt", "pdf")
"""Of a text that is neither long nor drawn: a deliberation, a page."""


def as_file(
    document: Document, format: str, formats: tuple[str, ...] = FORMATS
) -> HttpResponse:
    """A file to keep; 404 for a format that is not made."""
    if format not in formats:
        raise Http404
    name = f"{document.title} {document.subtitle}"
    content = render(document, format)
    return hand_out(content, CONTENT_TYPES[format], name, format)
