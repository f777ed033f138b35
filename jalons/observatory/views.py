from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jalons.observatory.models import Publication


@login_not_required
@require_safe
def list(request: HttpRequest) -> HttpResponse:
    """Every campaign whose results are public today."""
    publications = Publication.objects.public(at=timezone.now())
    return render(request, "observatory/list.html", {"publications": publications})
