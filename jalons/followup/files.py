"""A dashboard as files: two pages to print, everything in a workbook or as JSON."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse, JsonResponse

from jalons.actors.pages import hand_out
from jalons.documents import CONTENT_TYPES, render
from jalons.documents.model import Document
from jalons.documents.pdf import page_count
from jalons.followup.documents import NARROWER, TWO_PAGES, WHOLE, Room
from jalons.followup.telling import DashboardTold

FORMATS = ("pdf", "docx", "xlsx")
MOST_PAGES = 2


def two_pages(compose: Callable[[Room], Document]) -> bytes:
    """The PDF with as much as two pages bear, never a third one.

    Raises ValueError when even the shortest one is longer, which its bounds forbid.
    """
    for room in (TWO_PAGES, *NARROWER):
        content = render(compose(room), "pdf")
        if page_count(content) <= MOST_PAGES:
            return content
    raise ValueError("more than two pages, whatever is left out")


def as_file(
    told: DashboardTold, compose: Callable[[Room], Document], format: str
) -> HttpResponse:
    """The file that an address names (404); a workbook and JSON hold everything."""
    if format == "json":
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    if format not in FORMATS:
        raise Http404
    whole = compose(WHOLE if format == "xlsx" else TWO_PAGES)
    content = two_pages(compose) if format == "pdf" else render(whole, format)
    return hand_out(content, CONTENT_TYPES[format], whole.title, format)
