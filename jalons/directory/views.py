from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from jalons.directory import exporting, pages
from jalons.directory.forms import FindForm
from jalons.directory.models import Place, PlaceList
from jalons.territories.models import Territory


@require_safe
@login_not_required
def find(request: HttpRequest) -> HttpResponse:
    """Who can help, near here, and when; every filter stands in the address."""
    form = FindForm(request.GET)
    hits, results = [], None
    if form.is_valid():
        hits = form.hits()
        code = request.GET.get("commune") or (hits[0].ref if hits else "")
        commune = Territory.objects.communes().filter(code=code).first()
        if commune:
            wanted = form.wanted(commune)
            results = pages.results(wanted, request.GET.get("page", "1"))
            hits = [hit for hit in hits if hit.ref != commune.code]
    context = {
        "form": form,
        "hits": hits,
        "results": results,
        "lists": PlaceList.objects.order_by("name"),
    }
    return render(request, "directory/find.html", context)


@require_safe
@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    places = Place.objects.open_to_all().select_related("place_list", "organisation")
    place = get_object_or_404(places, pk=pk)
    return render(request, "directory/show.html", {"sheet": pages.sheet_of(place)})


@require_safe
@login_not_required
def list_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A list in the national schema, without anybody's own contact."""
    found = get_object_or_404(PlaceList, pk=pk)
    blocks = exporting.csv_blocks(exporting.rows_of(found))
    return _file(found, blocks, "csv", "text/csv; charset=utf-8")


@require_safe
@login_not_required
def list_json(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same list, for programs."""
    found = get_object_or_404(PlaceList, pk=pk)
    blocks = exporting.json_blocks(exporting.rows_of(found))
    return _file(found, blocks, "json", "application/json")


def _file(
    place_list: PlaceList, blocks: Iterator[str], suffix: str, content_type: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(blocks, content_type=content_type)
    name = f"{slugify(place_list.name) or 'lieux'}.{suffix}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
