"""What several views share: opening a territory, handing out a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from jalons.diagnosis.communes import Communes
from jalons.diagnosis.figures import portrait_of
from jalons.diagnosis.portrait import Portrait
from jalons.diagnosis.reading import Reading, read
from jalons.documents import CONTENT_TYPES, render
from jalons.documents.model import Document
from jalons.hosts.signing import with_host
from jalons.territories.models import Territory

FORMATS = ("pdf", "docx", "odt", "xlsx")
"""Formats in which a portrait is handed out."""


def open_reading(code: str) -> Reading:
    """The portrait of a territory in words; 404 for an unknown code."""
    return read(open_portrait(code))


def open_portrait(code: str) -> Portrait:
    """The portrait of a territory; 404 for an unknown code."""
    return portrait_of(get_object_or_404(Territory, code=code))


def communes_of(portrait: Portrait) -> Communes:
    """The communes of the territory; 404 for one that has none."""
    if portrait.communes is None:
        raise Http404
    return portrait.communes


def hand_out(document: Document, format: str, name: str) -> HttpResponse:
    """A file to keep; 404 for a format that is not made."""
    if format not in FORMATS:
        raise Http404
    response = HttpResponse(
        render(with_host(document), format), content_type=CONTENT_TYPES[format]
    )
    file_name = f"{slugify(name)}.{format}"
    response.headers["Content-Disposition"] = content_disposition_header(
        True, file_name
    )
    return response
