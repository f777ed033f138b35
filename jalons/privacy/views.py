from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalons.privacy import figures
from jalons.privacy import screening as screenings


@require_safe
@login_not_required
def register(request: HttpRequest) -> HttpResponse:
    """Why data are kept, then what and for how long: one purpose, or all of them."""
    purposes = figures.purposes()
    shown = [one for one in purposes if one.serves(request.GET.get("usage", ""))]
    if "tout" in request.GET:
        shown = purposes
    context = {"purposes": purposes, "shown": shown}
    return render(request, "privacy/register.html", context)


@require_safe
@login_not_required
def screening(request: HttpRequest) -> HttpResponse:
    """Whether an impact assessment is needed, criterion by criterion, to be printed."""
    lines = figures.register()
    context = {
        "criteria": screenings.criteria(lines),
        "lines": screenings.examined(lines),
        "others": screenings.others(lines),
    }
    return render(request, "privacy/screening.html", context)
