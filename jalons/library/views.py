"""What everybody reads of the library."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalons.library import access, figures
from jalons.library.definitions import is_english
from jalons.library.forms import FindForm
from jalons.library.models import Sheet

PER_PAGE = 20


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    """The sheets, by question and facet; the shelves when nothing is asked."""
    form = FindForm(request.GET)
    asked = form.asked
    found = [] if asked.is_empty else figures.sheets_that_suit(asked)
    context = {
        "form": form,
        "asked": asked,
        "shelves": figures.shelves() if asked.is_empty else [],
        "count": len(found),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "is_ecosystem": asked.kind == Sheet.Kind.ECOSYSTEM,
        "is_figure": asked.kind == Sheet.Kind.FIGURE,
    }
    return render(request, "library/list.html", context)


@require_safe
@login_not_required
def show(request: HttpRequest, code: str) -> HttpResponse:
    sheet = access.get_sheet(request.user, code)
    context = {"sheet": sheet, "like": figures.like(sheet)}
    context["is_english"] = is_english()
    return render(request, "library/show.html", context)
