"""The synthesis of a région for everybody: each version at its address, for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from jalons.publications import access
from jalons.publications.reading import content_of
from jalons.synthesis import pages
from jalons.synthesis.pages import Opened

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Opened, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, str, int, P], HttpResponseBase]


def _public(page: Page[P]) -> View[P]:
    """Open a version, or say why it no longer is (410)."""

    @require_safe
    @login_not_required
    @wraps(page)
    def view(
        request: HttpRequest, slug: str, issue: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        found = access.get_public(slug, issue, timezone.now())
        where = {"slug": slug, "issue": issue}
        opened = Opened(
            content_of(found), slug, where, is_public=True, app="publications"
        )
        return page(request, opened, *args, **kwargs)

    return view


@require_safe
@login_not_required
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """The address that is printed: it leads to the last version."""
    found = access.get_latest(slug, timezone.now())
    return redirect("publications:public", slug=slug, issue=found.number)


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
