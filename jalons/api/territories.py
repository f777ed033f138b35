from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from jalons.api.answers import (
    About,
    Code,
    Figure,
    Found,
    Hit,
    Kind,
    Limit,
    Listed,
    Slug,
    TerritoryRead,
    Words,
)
from jalons.api.answers import Territory as Answered
from jalons.api.exports import Export, Format, by_key, send
from jalons.api.figures import figures_of
from jalons.api.paging import USUAL, page_of
from jalons.api.words import GROUPS
from jalons.indicators.models import Indicator, Source
from jalons.search.figures import find as search
from jalons.territories.models import Territory

router, files = Router(), Router()


@cache
def about_geography() -> About:
    """What is owed to the producers of the geographic code."""
    path = settings.REFERENCE_DIR / "reference" / "sources.toml"
    sources = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    told = "; ".join(f"{one['title']}, {one['producer']}" for one in sources)
    licences = "; ".join(dict.fromkeys(one["licence"] for one in sources))
    return About(licence=licences, source=told, simulated=False)


def chosen(kind: str | None, within: str | None) -> QuerySet[Territory]:
    """Territories of a kind, or within another one; Http404 when it is unknown."""
    found = Territory.objects.all()
    if within is not None:
        found = found.within(get_object_or_404(Territory, code=within))
    return found.filter(kind=kind) if kind is not None else found


@router.get("", response=Listed[Answered], url_name="territories")
def every(
    request: HttpRequest,
    kind: Kind | None = None,
    within: Code | None = None,
    after: Code | None = None,
    limit: Limit = USUAL,
):
    """Territories by code: of a kind, within another territory."""
    rows, following = page_of(request, chosen(kind, within), "code", after, limit)
    return {"about": about_geography(), "items": rows, "next": following}


@files.get("/territories.{format}", url_name="territories_file")
def every_file(
    request: HttpRequest,
    format: Format,
    kind: Kind | None = None,
    within: Code | None = None,
):
    """The same, whole, as a file."""
    lines = by_key(
        chosen(kind, within), "code", lambda found: map(Answered.from_orm, found)
    )
    title = str(GROUPS["territories"])
    about = about_geography()
    return send(request, format, Export("territories", title, Answered, about, lines))


@router.get("/search", response=Found, url_name="territory_search")
def find(request: HttpRequest, q: Words):
    """What resembles a name, best first; small slips are forgiven."""
    hits = search(q, kinds=[str(kind) for kind in Territory.Kind])
    items = [Hit(code=one.ref, kind=one.kind, name=one.title) for one in hits]
    return {"about": about_geography(), "items": items}


@router.get("/{code}", response=TerritoryRead, url_name="territory")
def one(request: HttpRequest, code: Code):
    """A territory, and those to which it belongs."""
    found = get_object_or_404(Territory, code=code)
    groups = Territory.objects.containing(found).order_by("code")
    return {"about": about_geography(), "territory": found, "belongs_to": groups}


@router.get("/{code}/members", response=Listed[Answered], url_name="members")
def members(
    request: HttpRequest,
    code: Code,
    kind: Kind | None = None,
    after: Code | None = None,
    limit: Limit = USUAL,
):
    """The territories within one."""
    rows, following = page_of(request, chosen(kind, code), "code", after, limit)
    return {"about": about_geography(), "items": rows, "next": following}


@router.get("/{code}/figures", response=Listed[Figure], url_name="territory_figures")
def figures(
    request: HttpRequest,
    code: Code,
    after: Slug | None = None,
    limit: Limit = USUAL,
):
    """The latest figure of each public indicator for one territory."""
    found = get_object_or_404(Territory, code=code)
    rows, following = page_of(request, _figured(found), "code", after, limit)
    items = figures_of([row.code for row in rows], [found.code])
    return {"about": about_figures(items), "items": items, "next": following}


@files.get("/territories/{code}/figures.{format}", url_name="territory_figures_file")
def figures_file(request: HttpRequest, code: Code, format: Format):
    """The same, whole, as a file; each line with its vintage, source and licence."""
    found = get_object_or_404(Territory, code=code)
    public = _figured(found)
    lines = by_key(
        public, "code", lambda rows: figures_of([one.pk for one in rows], [found.code])
    )
    sources = Source.objects.filter(indicators__in=public.values("pk")).distinct()
    about = about_sources(sources)
    export = Export(f"figures-{found.code}", found.name, Figure, about, lines)
    return send(request, format, export)


def _figured(territory: Territory) -> QuerySet[Indicator]:
    public = Indicator.objects.filter(source__space=None)
    return public.filter(observations__territory=territory).distinct()


def about_sources(sources: Iterable[Source]) -> About:
    """Data sets that everybody reads, and their licences, each once."""
    found = sorted(sources, key=lambda one: one.code)
    licences = dict.fromkeys(one.licence for one in found if one.licence)
    return About(
        licence="; ".join(licences) or None,
        source="; ".join(one.full_title for one in found),
        simulated=False,
    )


def about_figures(items: list[Figure]) -> About:
    """Sources and licences of figures, each once."""
    sources = dict.fromkeys(one.source for one in items)
    licences = dict.fromkeys(one.licence for one in items if one.licence)
    return About(
        licence="; ".join(licences) or None, source="; ".join(sources), simulated=False
    )
