"""The API itself: its parts, and how what goes wrong is told."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from jalons.accounts.access import Gone
from jalons.api import (
    indicators,
    indices,
    library,
    places,
    problems,
    roadmaps,
    surveys,
    territories,
)
from jalons.observatory.access import Withdrawn

VERSION = "1.0.0"
api = NinjaAPI(
    title="Jalons",
    version=VERSION,
    description="Open data of territorial digital inclusion, read only.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for prefix, router in {
    "territories": territories.router,
    "indicators": indicators.router,
    "indices": indices.router,
    "surveys": surveys.router,
    "place-lists": places.lists,
    "places": places.router,
    "roadmaps": roadmaps.router,
    "library": library.router,
}.items():
    api.add_router(f"/{prefix}", router, tags=[prefix])


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.unknown(request)


@api.exception_handler(Gone)
@api.exception_handler(Withdrawn)
def withdrawn(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.withdrawn(error)


@api.exception_handler(problems.Refused)
def refused(request: HttpRequest, error: problems.Refused) -> HttpResponse:
    return problems.refused(error)


@api.exception_handler(ValidationError)
def not_accepted(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.not_accepted(error.errors)
