from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from jalons.api.answers import (
    About,
    Code,
    Figure,
    Kind,
    Limit,
    Listed,
    Slug,
)
from jalons.api.answers import Indicator as Answered
from jalons.api.exports import LANGUAGES, Export, Format, by_key, send
from jalons.api.figures import figures_of
from jalons.api.paging import USUAL, page_of
from jalons.api.territories import about_figures, about_sources, chosen
from jalons.api.words import GROUPS
from jalons.indicators.access import get_indicator
from jalons.indicators.models import Indicator, Observation, Source
from jalons.territories.models import Territory

router, files = Router(), Router()
NOBODY = AnonymousUser()
BY_LANGUAGE = dict.fromkeys(("title", "question", "limits"), LANGUAGES)


@router.get("", response=Listed[Answered], url_name="indicators")
def every(request: HttpRequest, after: Slug | None = None, limit: Limit = USUAL):
    """What is measured, by code; figures of a team's own are not here."""
    rows, following = page_of(request, _public(), "code", after, limit)
    items = [told(request, one) for one in rows]
    licences = dict.fromkeys(one.licence for one in items if one.licence)
    about = About(
        licence="; ".join(licences) or None,
        source="; ".join(dict.fromkeys(one.source for one in items)),
        simulated=False,
    )
    return {"about": about, "items": items, "next": following}


@files.get("/indicators.{format}", url_name="indicators_file")
def every_file(request: HttpRequest, format: Format):
    """The same, whole, as a file; each line with its source and licence."""
    lines = by_key(
        _public(), "code", lambda found: (told(request, one) for one in found)
    )
    about = about_sources(Source.objects.filter(space=None, indicators__isnull=False))
    title = str(GROUPS["indicators"])
    export = Export("indicators", title, Answered, about, lines, BY_LANGUAGE)
    return send(request, format, export)


def _public() -> QuerySet[Indicator]:
    return Indicator.objects.filter(source__space=None).select_related("source")


@router.get("/{code}", response=Answered, url_name="indicator")
def one(request: HttpRequest, code: Slug):
    """The definition of an indicator, its source and its licence."""
    return told(request, get_indicator(NOBODY, code))


@router.get("/{code}/values", response=Listed[Figure], url_name="values")
def values(
    request: HttpRequest,
    code: Slug,
    kind: Kind | None = None,
    within: Code | None = None,
    after: Code | None = None,
    limit: Limit = USUAL,
):
    """The latest figure of each territory that a file mentions, by code."""
    observed = _observed(get_indicator(NOBODY, code), kind, within)
    rows, following = page_of(request, observed, "code", after, limit)
    items = figures_of([code], [row.code for row in rows])
    return {"about": about_figures(items), "items": items, "next": following}


@files.get("/indicators/{code}/values.{format}", url_name="values_file")
def values_file(
    request: HttpRequest,
    code: Slug,
    format: Format,
    kind: Kind | None = None,
    within: Code | None = None,
):
    """The same, whole, as a file; each line with its vintage, source and licence."""
    indicator = get_indicator(NOBODY, code)
    lines = by_key(
        _observed(indicator, kind, within),
        "code",
        lambda found: figures_of([code], [one.code for one in found]),
    )
    about = about_sources([indicator.source])
    return send(request, format, Export(code, indicator.label, Figure, about, lines))


def _observed(
    indicator: Indicator, kind: str | None, within: str | None
) -> QuerySet[Territory]:
    known = Observation.objects.filter(indicator=indicator, territory=OuterRef("pk"))
    return chosen(kind, within).filter(Exists(known))


def told(request: HttpRequest, one: Indicator) -> Answered:
    address = reverse("indicators:definition", args=[one.code])
    return Answered(
        code=one.code,
        version=one.version,
        title=one.title,
        question=one.question,
        limits=one.limits,
        unit=one.unit,
        direction=one.direction,
        author=one.author,
        reviewer=one.reviewer,
        source=one.source.full_title,
        licence=one.source.licence or None,
        url=request.build_absolute_uri(address),
    )
