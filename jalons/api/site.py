"""The API itself: its parts, and how what goes wrong is told."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jalons.accounts.access import Gone
from jalons.api import (
    indicators,
    indices,
    keys,
    library,
    measures,
    own_places,
    places,
    problems,
    responses,
    roadmaps,
    surveys,
    territories,
)
from jalons.tokens.access import OutOfScope

VERSION = "1.0.0"
api = NinjaAPI(
    title="Jalons",
    version=VERSION,
    description="Open data of territorial digital inclusion; what a team lets write.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
# Before the others: `tables/{table}.{format}` is no name of a table.
for prefix, router in {
    "territories": territories.files,
    "indicators": indicators.files,
    "indices": indices.files,
    "surveys": surveys.files,
    "places": places.files,
    "roadmaps": roadmaps.files,
    "library": library.files,
}.items():
    api.add_router("/", router, tags=[prefix])
for prefix, router in {
    "territories": territories.router,
    "indicators": indicators.router,
    "indices": indices.router,
    "surveys": surveys.router,
    "place-lists": places.lists,
    "places": places.router,
    "roadmaps": roadmaps.router,
    "library": library.router,
    "key": keys.router,
    "evaluations": measures.router,
    "campaigns": responses.router,
    "own-lists": own_places.router,
}.items():
    api.add_router(f"/{prefix}", router, tags=[prefix])


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.unknown(request)


@api.exception_handler(Gone)
def withdrawn(request: HttpRequest, error: Gone) -> HttpResponse:
    return problems.withdrawn(error)


@api.exception_handler(problems.Refused)
def refused(request: HttpRequest, error: problems.Refused) -> HttpResponse:
    return problems.refused(error)


@api.exception_handler(ValidationError)
def not_accepted(request: HttpRequest, error: ValidationError) -> HttpResponse:
    if request.method == "POST":
        return problems.not_as_expected(error.errors)
    return problems.not_accepted(error.errors)


@api.exception_handler(problems.LinesRefused)
def lines_refused(request: HttpRequest, error: problems.LinesRefused) -> HttpResponse:
    return problems.lines_refused(error)


@api.exception_handler(AuthenticationError)
@api.exception_handler(problems.Unknown)
def without_key(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.without_key()


@api.exception_handler(OutOfScope)
@api.exception_handler(PermissionDenied)
def out_of_scope(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.out_of_scope()


@api.exception_handler(problems.TooMany)
def too_many(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.too_many()


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What is sent cannot be parsed: the only error that the library itself tells."""
    return problems.unreadable()


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.too_large()
