"""The method, read and downloaded by everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.actors.pages import hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make
from jalons.steps.definitions import read_method
from jalons.steps.guide import guide

FORMATS = ("pdf", "docx", "odt")


@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The seven steps in short, and the booklet."""
    return render(request, "steps/method.html", {"method": read_method()})


@login_not_required
@require_safe
def guide_file(request: HttpRequest, format: str) -> HttpResponse:
    """The booklet, in the language being read."""
    if format not in FORMATS:
        raise Http404
    content = make(guide(), format)
    return hand_out(content, CONTENT_TYPES[format], _("Guide of the method"), format)
