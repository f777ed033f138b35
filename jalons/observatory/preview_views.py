"""The public's restitution as it would be today, read by the team before publishing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.observatory import figures, pages
from jalons.observatory.filters import filters_of
from jalons.observatory.pages import Opened
from jalons.observatory.restitution import restitution_of
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign_of_institutions

P = ParamSpec("P")
Page = Callable[Concatenate[SignedInRequest, Opened, P], HttpResponseBase]
View = Callable[Concatenate[SignedInRequest, int, P], HttpResponseBase]


def _preview(page: Page[P]) -> View[P]:
    """Open what would be published, for those who may publish it."""

    @require_safe
    @never_cache
    @wraps(page)
    def view(
        request: SignedInRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
        found = figures.public_figures(campaign).figures
        shown = restitution_of(campaign, found, is_preview=True)
        return page(request, Opened(shown, {"pk": pk}), *args, **kwargs)

    return view


@_preview
def show(request: SignedInRequest, opened: Opened) -> HttpResponse:
    filters = filters_of(request.GET, opened.shown)
    return pages.show(request, opened, filters, opened.shown.figures.questions)


@_preview
def answers(request: SignedInRequest, opened: Opened) -> HttpResponse:
    filters = filters_of(request.GET, opened.shown)
    return pages.answers(request, opened, filters, opened.shown.figures.questions)


@_preview
def pdf(request: SignedInRequest, opened: Opened) -> HttpResponse:
    return pages.pdf(opened)


@_preview
def table(request: SignedInRequest, opened: Opened, code: str) -> HttpResponseBase:
    return pages.table(opened, code)


# Pages that read nothing of the address but what they show.
territories = _preview(pages.territories)
departements = _preview(pages.departements)
crossings = _preview(pages.crossings)
crossing = _preview(pages.crossing)
degrees = _preview(pages.degrees)
