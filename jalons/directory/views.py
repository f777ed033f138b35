from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jalons.directory import pages
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
