from __future__ import annotations

from dataclasses import asdict

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
from jalons.api.paging import USUAL, page_of
from jalons.documents.opened import blocks_of

router = Router()


@router.get("", response=Listed[Answered], url_name="roadmaps")
def every(request: HttpRequest, after: Number | None = None, limit: Limit = USUAL):
    """The adopted roadmaps that the public list shows."""
    listed = Publication.objects.listed(at=timezone.now()).select_related(
        "roadmap", "adoption__version"
    )
    rows, following = page_of(request, listed, "pk", after, limit)
    items = [
        _roadmap(request, one, one.title or "", one.subtitle or "") for one in rows
    ]
    about = About(
        licence=None,
        source="; ".join(dict.fromkeys(one.body for one in items)),
        simulated=any(one.simulated for one in items),
    )
    return {"about": about, "items": items, "next": following}


@router.get("/{slug}", response=RoadmapRead, url_name="roadmap")
def one(request: HttpRequest, slug: Slug):
    """What was adopted, by whom, and the files of the public document."""
    found = access.get_public(slug, timezone.now())
    document = papers.public_document(found.adoption.version)
    told = _roadmap(request, found, document.title, document.subtitle or "")
    about = About(licence=None, source=told.body, simulated=told.simulated)
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
        licence=None,
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
        simulated=found.roadmap.is_simulated,
        url=request.build_absolute_uri(reverse("adoption:public", args=[found.slug])),
        files={name: request.build_absolute_uri(path) for name, path in files.items()},
    )
