"""What is open here, for those who gather catalogues of data: DCAT-AP 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Max, Min, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.adoption.models import Publication as Roadmap
from jalons.api.dcat import (
    ANNUAL,
    CONTEXT,
    FRANCE,
    FRENCH,
    IRREGULAR,
    NEVER,
    REGIONS,
    UNKNOWN,
    About,
    File,
    Node,
    contact,
    dataset,
    days,
    place,
    publisher,
    years,
)
from jalons.api.exports import CSVW
from jalons.api.indices import about_each
from jalons.api.surveys import tables_of
from jalons.api.territories import about_geography
from jalons.api.words import GROUPS
from jalons.directory.models import PlaceList
from jalons.files.exports import SIMULATED
from jalons.files.licences import common_to, name_of
from jalons.indicators.models import Indicator
from jalons.indices.definitions import said
from jalons.indices.models import IndexDefinition
from jalons.library.models import Sheet
from jalons.observatory.figures import published_together
from jalons.observatory.models import Publication

PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.0/"
EVERYWHERE = {"@id": FRANCE}
USUAL_ZONE = "R75"
"""What the scores of an index are of, when nothing else is asked."""


def catalogue_of(request: HttpRequest) -> Node:
    """One data set for each list, each figure, list of places, index and survey."""
    here = request.build_absolute_uri(reverse("api:show"))
    datasets = [
        _geography(request),
        *_figures(request),
        *_indices(request),
        *_places(request),
        *_surveys(request),
        *_roadmaps(request),
        *_library(request),
    ]
    dates = [one[of]["@value"] for one in datasets for of in _DATES if of in one]
    told = {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _("Open data of Jalons"),
        "dct:description": _(
            "Territories, figures, places and published results of surveys."
        ),
        "dct:publisher": publisher(request),
        "dcat:contactPoint": contact(request),
        "dct:language": {"@id": FRENCH},
        "dct:spatial": EVERYWHERE,
        "dct:conformsTo": {"@id": PROFILE},
        "foaf:homepage": {"@id": request.build_absolute_uri(reverse("front:home"))},
        "dcat:dataset": datasets,
    }
    if dates:
        told["dct:modified"] = {"@value": max(dates), "@type": "xsd:dateTime"}
    return told


_DATES = ("dct:issued", "dct:modified")


def _address(request: HttpRequest, name: str, args: Mapping[str, object]) -> str:
    return request.build_absolute_uri(reverse(f"api:{name}", kwargs=dict(args)))


def _parts(
    request: HttpRequest, name: str, licence: str | None, **args: object
) -> File:
    """A list, in parts, as JSON: the description of the API says its shape."""
    address = _address(request, name, args)
    return File(address, "json", licence, _address(request, "openapi", {}), False)


def _files(
    request: HttpRequest,
    name: str,
    licence: str | None,
    title: str = "",
    **args: object,
) -> list[File]:
    """Whole, one for each format, with where its columns are said."""
    csv, lines, described = (
        _address(request, name, args | {"format": one})
        for one in ("csv", "jsonl", CSVW)
    )
    return [
        File(csv, "csv", licence, described, title=title),
        File(lines, "jsonl", licence, described, title=title),
    ]


def _told(request: HttpRequest, title: str, files: list[File], on: About) -> Node:
    return dataset(request, f"{files[0].address}#dataset", title, files, on)


def _geography(request: HttpRequest) -> Node:
    about = about_geography()
    files = [
        _parts(request, "territories", about.licence),
        *_files(request, "territories_file", about.licence),
    ]
    on = About(about.source, ANNUAL, EVERYWHERE, theme=REGIONS)
    return _told(request, _("Territories"), files, on)


def _figures(request: HttpRequest) -> Iterator[Node]:
    found = Indicator.objects.filter(source__space=None, observations__isnull=False)
    dated = (
        Indicator.objects.filter(pk__in=found.values("pk"))
        .select_related("source")
        .annotate(
            first=Min("source__releases__vintage"),
            last=Max("source__releases__vintage"),
            changed=Max("source__releases__loaded_at"),
        )
    )
    for one in dated.order_by("code"):
        source = one.source
        files = [
            _parts(request, "values", source.licence, code=one.code),
            *_files(request, "values_file", source.licence, code=one.code),
        ]
        on = About(
            source.full_title,
            UNKNOWN,
            EVERYWHERE,
            producer=source.producer,
            temporal=years(one.first, one.last),
            modified=one.changed,
        )
        yield _told(request, one.label, files, on)


def _indices(request: HttpRequest) -> Iterator[Node]:
    latest = [*IndexDefinition.objects.latest_each().order_by("code")]
    for one, about in zip(latest, about_each(latest), strict=True):
        files = [
            _parts(request, "scores", about.licence, code=one.code),
            *_files(request, "scores_file", about.licence, code=one.code),
        ]
        spatial = place(request, USUAL_ZONE)
        words = f"{GROUPS['indices']} {about.source}"
        on = About(words, IRREGULAR, spatial, modified=one.loaded_at)
        yield _told(request, said(one.read().title), files, on)


def _places(request: HttpRequest) -> Iterator[Node]:
    for one in PlaceList.objects.shown().order_by("pk"):
        parts = _parts(request, "places", one.licence)
        files = [
            replace(parts, address=f"{parts.address}?list={one.pk}"),
            *_files(request, "list_places_file", one.licence, number=one.pk),
        ]
        words = SIMULATED if one.is_simulated else str(GROUPS["places"])
        on = About(words, IRREGULAR, EVERYWHERE, issued=one.imported_at)
        yield _told(request, _marked(one.name, one.is_simulated), files, on)


def _surveys(request: HttpRequest) -> Iterator[Node]:
    rows = Publication.objects.public(at=timezone.now()).order_by("pk")
    public = [*rows.select_related("campaign__space", "campaign__version")]
    for one, figures in zip(public, published_together(public), strict=True):
        campaign = one.campaign
        files = _of_survey(request, one, tables_of(one, figures))
        on = About(
            str(GROUPS["surveys"]),
            NEVER,
            place(request, campaign.space.territory_id),
            producer=campaign.sponsor,
            temporal=days(campaign.opens_on, campaign.closes_on),
            issued=one.public_from,
        )
        yield _told(request, _marked(campaign.title, campaign.is_simulated), files, on)


def _of_survey(
    request: HttpRequest, one: Publication, tables: Iterable[tuple[str, str]]
) -> list[File]:
    """What it says first, then each of its tables."""
    slug, licence = one.campaign.slug, name_of(one.licence)
    address = _address(request, "survey", {"slug": slug})
    files = [File(address, "json", licence, _address(request, "openapi", {}))]
    for code, caption in tables:
        args = {"slug": slug, "table": code}
        files += _files(request, "survey_table_file", licence, caption, **args)
    return files


def _roadmaps(request: HttpRequest) -> Iterator[Node]:
    public = Roadmap.objects.listed(at=timezone.now())
    dates = public.aggregate(issued=Min("public_from"), modified=Max("public_from"))
    licence = _common(public.values_list("licence", flat=True))
    title = _("Roadmaps adopted")
    yield from _collection(request, "roadmaps", title, licence, **dates)


def _library(request: HttpRequest) -> Iterator[Node]:
    public = Sheet.objects.public()
    dates = public.aggregate(issued=Min("published_at"), modified=Max("published_at"))
    said = public.annotate(licence=KeyTextTransform("licence", "content"))
    licence = _common(said.values_list("licence", flat=True))
    yield from _collection(request, "library", _("Library"), licence, **dates)


def _common(said: QuerySet) -> str | None:
    """The licence of all that is listed, when it is the same."""
    return common_to(name_of(one or "") for one in said.order_by().distinct())


def _collection(
    request: HttpRequest,
    name: str,
    title: str,
    licence: str | None,
    issued: datetime | None,
    modified: datetime | None,
) -> Iterator[Node]:
    """A list that is a data set as a whole, once it holds something."""
    if modified is None:
        return
    files = [
        _parts(request, name, licence),
        *_files(request, f"{name}_file", licence),
    ]
    words = str(GROUPS[name])
    on = About(words, IRREGULAR, EVERYWHERE, issued=issued, modified=modified)
    yield _told(request, title, files, on)


def _marked(title: str, is_simulated: bool) -> str:
    return f"{title} ({SIMULATED})" if is_simulated else title
