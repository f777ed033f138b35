from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from jalons.adoption import access, papers
from jalons.adoption.files import WRITTEN
from jalons.adoption.models import Publication
from jalons.api.answers import (
    About,
    Block,
    Limit,
    Listed,
    Number,
    RoadmapDocument,
    RoadmapDocumentRead,
    RoadmapRead,
    Slug,
)
from jalons.api.answers import Roadmap as Answered
from jalons.api.exports import Export, Format, by_key, send
from jalons.api.paging import USUAL, page_of
from jalons.api.words import GROUPS
from jalons.documents.opened import blocks_of
from jalons.files.licences import common_to, name_of

router, files = Router(), Router()


@router.get("", response=Listed[Answered], url_name="roadmaps")
def every(request: HttpRequest, after: Number | None = None, limit: Limit = USUAL):
    """The adopted roadmaps that the public list shows."""
    rows, following = page_of(request, _public(), "pk", after, limit)
    items = [*_listed(request, rows)]
    return {"about": _about_all(items), "items": items, "next": following}


@files.get("/roadmaps.{format}", url_name="roadmaps_file")
def every_file(request: HttpRequest, format: Format):
    """The same, whole, as a file."""
    items = [*by_key(_public(), "pk", lambda found: _listed(request, found))]
    title, about = str(GROUPS["roadmaps"]), _about_all(items)
    columns = {"files": tuple(WRITTEN)}
    export = Export("roadmaps", title, Answered, about, items, columns)
    return send(request, format, export)


def _public() -> QuerySet[Publication]:
    listed = Publication.objects.listed(at=timezone.now())
    return listed.select_related("roadmap", "adoption__version").defer(
        *(f"adoption__version__{one}" for one in ("document", "drawings", "data"))
    )


def _listed(request: HttpRequest, rows: Iterable[Any]) -> Iterator[Answered]:
    """With the names that the list annotates."""
    for one in rows:
        yield _roadmap(request, one, one.title or "", one.subtitle or "")


def _about_all(items: list[Answered]) -> About:
    return About(
        licence=common_to(one.licence for one in items),
        source="; ".join(dict.fromkeys(one.body for one in items)),
        simulated=any(one.simulated for one in items),
    )


@router.get("/{slug}", response=RoadmapRead, url_name="roadmap")
def one(request: HttpRequest, slug: Slug):
    """What was adopted, by whom, and the files of the public document."""
    found = access.get_public(slug, timezone.now())
    document = papers.public_document(found.adoption.version)
    told = _roadmap(request, found, document.title, document.subtitle or "")
    about = About(licence=told.licence, source=told.body, simulated=told.simulated)
    return {"about": about, "roadmap": told}


@router.get(
    "/{slug}/document", response=RoadmapDocumentRead, url_name="roadmap_document"
)
def document(request: HttpRequest, slug: Slug):
    """The public document as data, block by block; its shape: schemas/roadmap.json."""
    found = access.get_public(slug, timezone.now())
    shown = papers.public_document(found.adoption.version)
    told = RoadmapDocument(
        title=shown.title,
        subtitle=shown.subtitle or "",
        dated=shown.date_line,
        language=shown.language,
        source=shown.source_line,
        blocks=[Block(**asdict(one)) for one in blocks_of(shown)],
    )
    about = About(
        licence=name_of(found.licence),
        source=found.adoption.body,
        simulated=found.roadmap.is_simulated,
    )
    return {"about": about, "document": told}


def _roadmap(
    request: HttpRequest, found: Publication, title: str, subtitle: str
) -> Answered:
    adoption = found.adoption
    files = {
        format: reverse("adoption:public_file", args=[found.slug, format])
        for format in WRITTEN
    }
    return Answered(
        slug=found.slug,
        title=title,
        subtitle=subtitle,
        adopted_on=adoption.adopted_on,
        body=adoption.body,
        deliberation=adoption.deliberation,
        version=adoption.version.number,
        licence=name_of(found.licence),
        simulated=found.roadmap.is_simulated,
        url=request.build_absolute_uri(reverse("adoption:public", args=[found.slug])),
        files={name: request.build_absolute_uri(path) for name, path in files.items()},
    )
