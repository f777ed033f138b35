"""The communes of France on a map, a département at a time, and as tables."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jalons.indices import nation_pages as pages
from jalons.territories import pieces
from jalons.territories.models import Territory


@require_safe
@login_not_required
def nation(request: HttpRequest) -> HttpResponse:
    """The départements; a script opens one in place, a link leads to its page."""
    shown = pages.shown(request.GET)
    context = {
        "shown": shown,
        "picture": pages.france_map(shown),
        "pieces": pieces.address(),
        "regions": pages.by_region(),
        "count": _departements().count(),
        "urls": {"table": shown.url("nation_table")},
    }
    return render(request, "indices/nation.html", context)


@require_safe
@login_not_required
def nation_table(request: HttpRequest) -> HttpResponse:
    """The map of the départements as a table, by name."""
    shown = pages.shown(request.GET)
    context = {
        "shown": shown,
        "lines": pages.departements(shown),
        "urls": {"map": shown.url("nation")},
    }
    return render(request, "indices/nation_table.html", context)


@require_safe
@login_not_required
def departement(request: HttpRequest, code: str) -> HttpResponse:
    """The communes of one département: the map drawn here, and its table."""
    shown, territory = pages.shown(request.GET), _get(code)
    context = {
        "shown": shown,
        "territory": territory,
        "picture": pages.departement_map(shown, territory),
        "lines": pages.communes(shown, territory),
        "urls": {"map": shown.url("nation")},
    }
    return render(request, "indices/departement.html", context)


@require_safe
@login_not_required
def departement_values(request: HttpRequest, code: str) -> JsonResponse:
    """What paints the communes of one département, beside their contours."""
    shown = pages.shown(request.GET)
    return JsonResponse(pages.values(shown, _get(code)))


def _departements():
    return Territory.objects.departements().current().order_by("code")


def _get(code: str) -> Territory:
    found: Territory = get_object_or_404(_departements(), code=code)
    return found
