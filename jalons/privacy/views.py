from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalons.privacy import figures


@require_safe
@login_not_required
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/register.html", {"lines": figures.register()})
