"""The public's restitution: what was published, as it was checked, at its address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jalons.observatory import figures, pages
from jalons.observatory.access import get_public
from jalons.observatory.filters import filters_of
from jalons.observatory.models import Publication
from jalons.observatory.pages import Opened
from jalons.observatory.restitution import restitution_of

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Opened, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]


def _public(page: Page[P]) -> View[P]:
    """Open the published restitution, or say why it no longer is."""

    @require_safe
    @login_not_required
    @wraps(page)
    def view(
        request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        publication = get_public(slug, timezone.now())
        found = figures.published_figures(publication)
        licence = publication.licence
        shown = restitution_of(publication.campaign, found, licence=licence)
        return page(request, Opened(shown, {"slug": slug}), *args, **kwargs)

    return view


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    """Every survey whose results are public today."""
    publications = (
        Publication.objects.public(at=timezone.now())
        .defer("figures")
        .select_related("campaign__space__territory")
        .order_by("-public_from")
    )
    return render(request, "observatory/list.html", {"publications": publications})


@_public
def show(request: HttpRequest, opened: Opened) -> HttpResponse:
    filters = filters_of(request.GET, opened.shown)
    return pages.show(request, opened, filters, opened.shown.figures.questions)


@_public
def answers(request: HttpRequest, opened: Opened) -> HttpResponse:
    filters = filters_of(request.GET, opened.shown)
    return pages.answers(request, opened, filters, opened.shown.figures.questions)


@_public
def pdf(request: HttpRequest, opened: Opened) -> HttpResponse:
    return pages.pdf(opened)


@_public
def table(request: HttpRequest, opened: Opened, code: str) -> HttpResponseBase:
    return pages.table(opened, code)


# Pages that read nothing of the address but what they show.
territories = _public(pages.territories)
departements = _public(pages.departements)
crossings = _public(pages.crossings)
crossing = _public(pages.crossing)
degrees = _public(pages.degrees)
