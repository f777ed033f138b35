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
from jalons.library.likeness import likenesses, my_territory, nearest_first

PER_PAGE = 20
LONGEST = 80


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    """The sheets, by question and facet; the shelves when nothing is asked."""
    form = FindForm(request.GET)
    asked = form.asked
    is_asked = form.is_by_likeness or not asked.is_empty
    found = figures.sheets_that_suit(asked) if is_asked else []
    mine = my_territory(form.place, request.user)
    told = likenesses(found, mine)
    if form.is_by_likeness:
        found = nearest_first(found, told)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "is_asked": is_asked,
        "shelves": [] if is_asked else figures.shelves(),
        "mine": mine,
        "compares": bool(told),
        "page": page,
        "rows": [(one, told.get(one.pk)) for one in page],
        "caution": figures.caution(asked.kind),
    }
    return render(request, "library/list.html", context)


@require_safe
@login_not_required
def show(request: HttpRequest, code: str) -> HttpResponse:
    sheet = access.get_sheet(request.user, code)
    mine = my_territory(request.GET.get("pour", "")[:LONGEST], request.user)
    context = {
        "sheet": sheet,
        "like": figures.like(sheet),
        "mine": mine,
        "likeness": likenesses([sheet], mine).get(sheet.pk),
        "may_write": access.may_write(request.user, sheet),
        "is_english": is_english(),
    }
    return render(request, "library/show.html", context)
