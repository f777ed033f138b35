from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from jalons.api import dcat, problems
from jalons.api.answers import RoadmapDocument
from jalons.api.catalogue import catalogue_of
from jalons.api.contract import contract, operations
from jalons.api.orders import MOST_LINES
from jalons.api.words import GROUPS, NOT_WRITTEN, WRITTEN


@require_safe
@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """The documentation, without any script."""
    found = operations()
    groups = [
        (words, [one for one in found if one.group == code])
        for code, words in GROUPS.items()
    ]
    context = {
        "groups": groups,
        "here": request.build_absolute_uri(request.path),
        "written": WRITTEN,
        "refusals": [(one.value, words) for one, words in NOT_WRITTEN.items()],
        "most_lines": MOST_LINES,
    }
    return render(request, "api/show.html", context)


def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(contract())


def catalogue(request: HttpRequest) -> HttpResponse:
    """What is open here, as catalogues of data read it (DCAT-AP)."""
    told = json.dumps(catalogue_of(request), ensure_ascii=False)
    return HttpResponse(told, content_type="application/ld+json")


def turtle(request: HttpRequest) -> HttpResponse:
    """The same in Turtle."""
    told = "".join(dcat.turtle(catalogue_of(request)))
    return HttpResponse(told, content_type="text/turtle; charset=utf-8")


def roadmap_schema(request: HttpRequest) -> HttpResponse:
    """The shape of the document of a roadmap (JSON Schema 2020-12)."""
    schema = RoadmapDocument.model_json_schema()
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return JsonResponse(dialect | schema, content_type="application/schema+json")


def unknown(request: HttpRequest, address: str) -> HttpResponse:
    return problems.unknown(request)


def failed(request: HttpRequest) -> HttpResponse:
    """What failed is told to a program as a problem, to a person as a page."""
    is_asked_here = request.path.startswith(reverse("api:show"))
    return problems.failed() if is_asked_here else server_error(request)
