from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
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
from jalons.api.figures import figures_of
from jalons.api.paging import USUAL, page_of
from jalons.api.territories import about_figures, chosen
from jalons.files.exports import stream_csv
from jalons.indicators.access import get_indicator
from jalons.indicators.models import Indicator, Observation
from jalons.territories.models import Territory

router = Router()
BATCH = 1_000
NOBODY = AnonymousUser()
COLUMNS = tuple(Figure.model_fields)
JSON_LINES = "application/jsonl"


@router.get("", response=Listed[Answered], url_name="indicators")
def every(request: HttpRequest, after: Slug | None = None, limit: Limit = USUAL):
    """What is measured, by code; figures of a team's own are not here."""
    public = Indicator.objects.filter(source__space=None).select_related("source")
    rows, following = page_of(request, public, "code", after, limit)
    items = [told(request, one) for one in rows]
    licences = dict.fromkeys(one.licence for one in items if one.licence)
    about = About(
        licence="; ".join(licences) or None,
        source="; ".join(dict.fromkeys(one.source for one in items)),
        simulated=False,
    )
    return {"about": about, "items": items, "next": following}


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


@router.get("/{code}/values.csv", url_name="values_csv")
def values_csv(
    request: HttpRequest,
    code: Slug,
    kind: Kind | None = None,
    within: Code | None = None,
):
    """The same as a file for a spreadsheet, sent as it is read."""
    observed = _observed(get_indicator(NOBODY, code), kind, within)
    rows = (list(one.dict().values()) for one in _read(code, observed))
    return stream_csv(f"{code}.csv", COLUMNS, rows)


@router.get("/{code}/values.jsonl", url_name="values_jsonl")
def values_jsonl(
    request: HttpRequest,
    code: Slug,
    kind: Kind | None = None,
    within: Code | None = None,
):
    """The same, one JSON object a line, sent as it is read."""
    observed = _observed(get_indicator(NOBODY, code), kind, within)
    lines = (f"{one.model_dump_json()}\n" for one in _read(code, observed))
    return StreamingHttpResponse(lines, content_type=JSON_LINES)


def _observed(
    indicator: Indicator, kind: str | None, within: str | None
) -> QuerySet[Territory]:
    known = Observation.objects.filter(indicator=indicator, territory=OuterRef("pk"))
    return chosen(kind, within).filter(Exists(known))


def _read(indicator: str, observed: QuerySet[Territory]) -> Iterator[Figure]:
    """Some territories at a time: memory stays flat."""
    after = ""
    while codes := [
        *observed.filter(code__gt=after)
        .order_by("code")
        .values_list("code", flat=True)[:BATCH]
    ]:
        yield from figures_of([indicator], codes)
        after = codes[-1]


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
