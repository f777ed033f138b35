"""What the holder of a private link reads, without an account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.library.figures import sheets_about
from jalons.returns import pages
from jalons.returns.access import find_return
from jalons.returns.content import from_store
from jalons.returns.reading import Reading, reading_of


def _open(secret: str) -> Reading:
    found = find_return(secret, timezone.now())
    return reading_of(found.campaign, found.territory, from_store(found.content))


@require_safe
@login_not_required
@never_cache
def read(request: HttpRequest, secret: str) -> HttpResponse:
    shown = _open(secret)
    context = {
        "shown": shown,
        "campaign": shown.campaign,
        "secret": secret,
        "further": sheets_about(*shown.about),
    }
    return render(request, "returns/read.html", context)


@require_safe
@login_not_required
@never_cache
def read_pdf(request: HttpRequest, secret: str) -> HttpResponse:
    return pages.pdf(_open(secret))
