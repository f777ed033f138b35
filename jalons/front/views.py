from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from jalons.territories.models import Territory


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "front/home.html")


@require_safe
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the database answers: the supervisor's question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen, and come back to the page being read."""
    return set_language(request)


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "front/search.html", {"query": request.GET.get("q", "")})


@require_safe
@login_not_required
def territories(request: HttpRequest) -> HttpResponse:
    return render(request, "front/territories.html")


@require_safe
@login_not_required
def territory(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Territory, code=code)
    return render(request, "front/territory.html", {"territory": found})


@require_safe
@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "front/components.html")


@require_safe
@login_not_required
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "front/legal.html")


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "front/accessibility.html")


@require_safe
@login_not_required
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "front/sources.html")
