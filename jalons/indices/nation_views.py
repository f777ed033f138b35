"""The communes of France on a map, a département at a time, and as tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jalons.indices import nation_pages as pages
from jalons.territories import pieces
from jalons.territories.models import Territory

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def _of_a_figure(
    view: Callable[Concatenate[HttpRequest, pages.Shown, Rest], HttpResponse],
) -> Page[Rest]:
    """A page that everybody reads, of the figure that its address names."""

    @wraps(view)
    def read(
        request: HttpRequest, *args: Rest.args, **names: Rest.kwargs
    ) -> HttpResponse:
        return view(request, pages.shown(request.GET), *args, **names)

    return require_safe(login_not_required(read))


@_of_a_figure
def nation(request: HttpRequest, shown: pages.Shown) -> HttpResponse:
    """The départements; a script opens one in place, a link leads to its page."""
    context = {
        "shown": shown,
        "picture": pages.france_map(shown),
        "pieces": pieces.address(),
        "regions": pages.by_region(),
        "count": _departements().count(),
        "urls": {"table": shown.url("nation_table")},
    }
    return render(request, "indices/nation.html", context)


@_of_a_figure
def nation_table(request: HttpRequest, shown: pages.Shown) -> HttpResponse:
    """The map of the départements as a table, by name."""
    lines, urls = pages.departements(shown), {"map": shown.url("nation")}
    context = {"shown": shown, "lines": lines, "urls": urls}
    return render(request, "indices/nation_table.html", context)


@_of_a_figure
def departement(request: HttpRequest, shown: pages.Shown, code: str) -> HttpResponse:
    """The communes of one département: the map drawn here, and its table."""
    territory = _get(code)
    picture, lines = pages.departement(shown, territory)
    context = {
        "shown": shown,
        "territory": territory,
        "picture": picture,
        "lines": lines,
        "urls": {"map": shown.url("nation")},
    }
    return render(request, "indices/departement.html", context)


@_of_a_figure
def departement_values(
    request: HttpRequest, shown: pages.Shown, code: str
) -> JsonResponse:
    """What paints the communes of one département, beside their contours."""
    return JsonResponse(pages.values(shown, _get(code)))


def _departements():
    return Territory.objects.departements().current().order_by("code")


def _get(code: str) -> Territory:
    found: Territory = get_object_or_404(_departements(), code=code)
    return found
