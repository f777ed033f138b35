"""The open data of the site as a DCAT-AP catalogue, in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.api.territories import about_geography
from jalons.directory.models import PlaceList
from jalons.files.exports import SIMULATED
from jalons.indicators.models import Indicator
from jalons.observatory.models import Publication

Node = dict[str, Any]
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def catalogue_of(request: HttpRequest) -> Node:
    """One data set for the geography, each indicator, list of places and survey."""
    here = request.build_absolute_uri(reverse("api:show"))
    return {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _("Open data of Jalons"),
        "dct:description": _(
            "Territories, figures, places and published results of surveys."
        ),
        "dct:publisher": _agent(settings.LEGAL_IDENTITY["publisher"] or "Jalons"),
        "dcat:dataset": [
            _geography(request),
            *_figures(request),
            *_places(request),
            *_surveys(request),
        ],
    }


def _geography(request: HttpRequest) -> Node:
    about = about_geography()
    files = [_file(request, "api:territories", [], "application/json", about.licence)]
    return _dataset(_("Territories"), about.source, files)


def _figures(request: HttpRequest) -> Iterator[Node]:
    found = Indicator.objects.filter(source__space=None, observations__isnull=False)
    for one in found.distinct().select_related("source").order_by("code"):
        licence = one.source.licence
        files = [
            _file(request, "api:values_file", [one.code, "csv"], "text/csv", licence),
            _file(
                request,
                "api:values_file",
                [one.code, "jsonl"],
                "application/jsonl",
                licence,
            ),
        ]
        yield _dataset(one.label, one.source.full_title, files, one.source.producer)


def _places(request: HttpRequest) -> Iterator[Node]:
    for one in PlaceList.objects.shown().order_by("pk"):
        files = [
            _file(request, "directory:list_csv", [one.pk], "text/csv", one.licence),
            _file(
                request,
                "api:list_places_file",
                [one.pk, "jsonl"],
                "application/jsonl",
                one.licence,
            ),
        ]
        words = SIMULATED if one.is_simulated else one.name
        yield _dataset(_marked(one.name, one.is_simulated), words, files)


def _surveys(request: HttpRequest) -> Iterator[Node]:
    public = Publication.objects.public(at=timezone.now()).defer("figures")
    for one in public.select_related("campaign").order_by("pk"):
        campaign = one.campaign
        files = [_file(request, "api:survey", [campaign.slug], "application/json", "")]
        title = _marked(campaign.title, campaign.is_simulated)
        yield _dataset(title, campaign.sponsor, files, campaign.sponsor)


def _marked(title: str, is_simulated: bool) -> str:
    return f"{title} ({SIMULATED})" if is_simulated else title


def _dataset(title: str, words: str, files: list[Node], producer: str = "") -> Node:
    told: Node = {
        "@id": f"{files[0]['@id']}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:description": words,
        "dcat:distribution": files,
    }
    return told | ({"dct:publisher": _agent(producer)} if producer else {})


def _file(
    request: HttpRequest, name: str, args: list[object], kind: str, licence: str | None
) -> Node:
    address = request.build_absolute_uri(reverse(name, args=args))
    told: Node = {
        "@id": address,
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": address},
        "dcat:mediaType": kind,
    }
    return told | ({"dct:license": licence} if licence else {})


def _agent(name: str) -> Node:
    return {"@type": "foaf:Agent", "foaf:name": name}
