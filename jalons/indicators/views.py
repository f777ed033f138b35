from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from jalons.indicators import access
from jalons.indicators.inventory import geography, inventory


@require_safe
@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """What is loaded, how old it is, what is missing and where to get it."""
    context = {
        "inventory": inventory(),
        "geography": geography(),
        "may_load": access.may_load(request.user),
    }
    return render(request, "indicators/show.html", context)


@require_safe
@login_not_required
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """What one indicator measures, and what it does not say."""
    found = access.get_indicator(request.user, code)
    language = get_language() or "fr"
    context = {
        "indicator": found,
        "question": found.question.get(language, found.question["fr"]),
        "limits": found.limits.get(language, found.limits["fr"]),
        "releases": found.source.releases.order_by("-vintage", "file"),
    }
    return render(request, "indicators/definition.html", context)
