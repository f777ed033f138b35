"""The pages of the survey in the pocket: they hold no one's data, and are cached."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jalons.pocket import shell
from jalons.pocket.words import texts

PAPER = "#fbfaf6"
ACCENT = "#0b5f66"
fresh = cache_control(no_cache=True)


@require_safe
@login_not_required
@fresh
def app(request: HttpRequest) -> HttpResponse:
    """The page in which every screen is drawn; without a script, what to do."""
    return render(request, "pocket/app.html", {"words": texts()})


@require_safe
@login_not_required
@fresh
def manifest(request: HttpRequest) -> JsonResponse:
    """What makes it an application that a telephone can install."""
    icon = {"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": _("Jalons: field survey"),
        "short_name": _("Survey"),
        "lang": "fr",
        "start_url": reverse("pocket:app"),
        "scope": reverse("pocket:app"),
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [icon],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@login_not_required
@fresh
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, for every browser."""
    return _script(shell.worker(is_waking=False))


@require_safe
@login_not_required
@fresh
def sync_worker(request: HttpRequest) -> HttpResponse:
    """The same, for the browsers that wake it when the network returns."""
    return _script(shell.worker(is_waking=True))


def _script(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")
