from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from jalons.api.answers import About, Limit, Listed, SheetRead, Slug, Words
from jalons.api.answers import Sheet as Answered
from jalons.api.exports import Export, Format, by_key, send
from jalons.api.paging import USUAL, page_of
from jalons.api.words import GROUPS
from jalons.files.licences import common_to, name_of
from jalons.library import access
from jalons.library.definitions import SECTIONS
from jalons.library.figures import Asked, sheets_that_suit
from jalons.library.models import Sheet

router, files = Router(), Router()
NOBODY = AnonymousUser()
Kind = Literal[
    "initiative",
    "story",
    "scheme",
    "figure",
    "lesson",
    "ecosystem",
    "landmark",
    "tool",
]


@router.get("", response=Listed[Answered], url_name="library")
def every(
    request: HttpRequest,
    kind: Kind | None = None,
    after: Slug | None = None,
    limit: Limit = USUAL,
):
    """The sheets that everybody reads, by code."""
    rows, following = page_of(request, _public(kind), "code", after, limit)
    return _listed(request, rows, following)


@files.get("/library.{format}", url_name="library_file")
def every_file(request: HttpRequest, format: Format, kind: Kind | None = None):
    """The same, whole, as a file; each line with the document it comes from."""
    public = _public(kind)
    lines = by_key(public, "code", lambda rows: (_sheet(request, one) for one in rows))
    title, columns = str(GROUPS["library"]), {"sections": tuple(SECTIONS)}
    about = _about(public.iterator())
    export = Export("library", title, Answered, about, lines, columns)
    return send(request, format, export)


def _public(kind: str | None) -> QuerySet[Sheet]:
    public = Sheet.objects.public()
    return public.filter(kind=kind) if kind is not None else public


@router.get("/search", response=Listed[Answered], url_name="library_search")
def find(
    request: HttpRequest, q: Words, kind: Kind | None = None, limit: Limit = USUAL
):
    """The sheets that answer to a question, best first, as on the page."""
    rows = sheets_that_suit(Asked(words=q, kind=kind or ""))
    return _listed(request, rows[:limit], None)


@router.get("/{code}", response=SheetRead, url_name="sheet")
def one(request: HttpRequest, code: Slug):
    """One sheet, with where its words come from."""
    found = access.get_sheet(NOBODY, code)
    return {"about": _about([found]), "sheet": _sheet(request, found)}


def _listed(request: HttpRequest, rows: list[Sheet], following: str | None):
    items = [_sheet(request, one) for one in rows]
    return {"about": _about(rows), "items": items, "next": following}


def _about(rows: Iterable[Sheet]) -> About:
    found = [*rows]
    documents = dict.fromkeys(one.read.document for one in found if one.read.document)
    return About(
        licence=common_to(name_of(one.read.licence) for one in found),
        source="; ".join(documents),
        simulated=any(one.is_simulated for one in found),
    )


def _sheet(request: HttpRequest, sheet: Sheet) -> Answered:
    content = sheet.read
    page = reverse("library:show", args=[sheet.code])
    return Answered(
        code=sheet.code,
        kind=sheet.kind,
        title=sheet.said_title,
        summary=sheet.said_summary,
        tags=sheet.tags,
        sections=content.sections,
        document=content.document,
        dated=content.dated,
        link=content.link,
        licence=name_of(content.licence),
        simulated=sheet.is_simulated,
        url=request.build_absolute_uri(page),
    )
