"""The public's synthesis: what was published, as it was checked, at its address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jalons.synthesis import pages
from jalons.synthesis.access import get_public
from jalons.synthesis.models import Edition
from jalons.synthesis.pages import Opened
from jalons.synthesis.reading import content_today

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Opened, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]


def _public(page: Page[P]) -> View[P]:
    """Open the published synthesis, or say why it no longer is."""

    @require_safe
    @login_not_required
    @wraps(page)
    def view(
        request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        edition = get_public(slug, timezone.now())
        opened = Opened(content_today(edition), slug, {"slug": slug}, is_public=True)
        return page(request, opened, *args, **kwargs)

    return view


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    """Every synthesis that is public today."""
    editions = (
        Edition.objects.public(at=timezone.now())
        .defer("content")
        .annotate(title=KT("content__title"))
        .select_related("synthesis__campaign__space__territory")
        .order_by("-public_from")
    )
    return render(request, "synthesis/list.html", {"editions": editions})


@_public
def public(request: HttpRequest, opened: Opened) -> HttpResponse:
    return pages.cover(request, opened)


@_public
def chapter(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    return pages.chapter(request, opened, number)


@_public
def method(request: HttpRequest, opened: Opened) -> HttpResponse:
    return pages.method(request, opened)


@_public
def table(request: HttpRequest, opened: Opened, code: str) -> HttpResponseBase:
    return pages.table(opened, code)


@_public
def file(request: HttpRequest, opened: Opened, format: str) -> HttpResponse:
    return pages.file(opened, format)
