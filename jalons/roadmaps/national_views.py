"""A roadmap for Mon inclusion numérique, and the shape of the data it leaves as."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http import HttpResponseBase as Answer
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import hand_out
from jalons.files.sheets import write_workbook
from jalons.roadmaps import access
from jalons.roadmaps.exports import read_schema
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.national import national_json, national_of, national_sheets
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right

JSON = "application/json; charset=utf-8"


@require_safe
@never_cache
def national(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the national platform would receive, and what it would still ask."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    told = national_of(plan_of(roadmap))
    context = page(request.user, roadmap, national=told)
    return render(request, "roadmaps/national.html", context)


@require_safe
def national_file(request: SignedInRequest, pk: int, format: str) -> Answer:
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    told = national_of(plan_of(roadmap))
    name = f"{_('roadmap')}-{pk}-mon-inclusion-numerique"
    match format:
        case "json":
            return hand_out(national_json(told).encode(), JSON, name, "json")
        case "xlsx":
            with TemporaryDirectory() as folder:
                path = Path(folder) / "national.xlsx"
                write_workbook(
                    path, national_sheets(told), is_simulated=told.is_simulated
                )
                # The name goes with the folder; the content stays while it is open.
                return FileResponse(
                    path.open("rb"), as_attachment=True, filename=f"{name}.xlsx"
                )
    raise Http404


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The published shape of the data of a roadmap (JSON Schema 2020-12)."""
    return HttpResponse(read_schema(), content_type="application/schema+json")
