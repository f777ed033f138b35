from __future__ import annotations

from collections.abc import Iterator

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from jalons.directory import access, exporting, inclusion, pages
from jalons.directory.forms import FindForm
from jalons.directory.models import PlaceList
from jalons.search.figures import Hit


@require_safe
@login_not_required
def find(request: HttpRequest) -> HttpResponse:
    """Who can help, near here, and when; every filter stands in the address."""
    context = _search(request) | {"lists": PlaceList.objects.shown().order_by("name")}
    return render(request, "directory/find.html", context)


@require_safe
@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def embed(request: HttpRequest) -> HttpResponse:
    """The same search for the site of a town hall, which frames it; no cookie."""
    return render(request, "directory/embed.html", _search(request))


def _search(request: HttpRequest) -> dict[str, object]:
    """The form, what it finds, and how to pass it on."""
    form = FindForm(request.GET)
    hits: list[Hit] = []
    results = None
    if form.is_valid():
        commune, hits = form.commune(request.GET.get("commune", ""))
        if commune:
            wanted = form.wanted(commune)
            results = pages.results(wanted, request.GET.get("page", "1"))
    asked = request.GET.copy()
    asked.pop("page", None)
    query = f"?{asked.urlencode()}" if asked else ""
    return {
        "form": form,
        "hits": hits,
        "results": results,
        "link": request.build_absolute_uri(reverse("directory:find") + query),
        "frame": request.build_absolute_uri(reverse("directory:embed") + query),
    }


@require_safe
@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    place = access.get_place(request.user, pk)
    return render(request, "directory/show.html", {"sheet": pages.sheet_of(place)})


@require_safe
@login_not_required
def list_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A list in the national schema, without anybody's own contact."""
    found = access.get_list(request.user, pk)
    blocks = exporting.csv_blocks(exporting.rows_of(found))
    return _file(found, blocks, "csv", "text/csv; charset=utf-8")


@require_safe
@login_not_required
def list_json(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same list, for programs."""
    found = access.get_list(request.user, pk)
    blocks = exporting.json_blocks(exporting.rows_of(found))
    return _file(found, blocks, "json", "application/json")


@require_safe
@login_not_required
def structures(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The places of a list as structures of data·inclusion v1."""
    found = access.get_list(request.user, pk)
    blocks = exporting.json_array(inclusion.structures_of(found))
    return _file(found, blocks, "structures.json", "application/json")


@require_safe
@login_not_required
def services(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What they offer, as services of data·inclusion v1."""
    found = access.get_list(request.user, pk)
    blocks = exporting.json_array(inclusion.services_of(found))
    return _file(found, blocks, "services.json", "application/json")


def _file(
    place_list: PlaceList, blocks: Iterator[str], suffix: str, content_type: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(blocks, content_type=content_type)
    name = f"{slugify(place_list.name) or 'lieux'}.{suffix}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
