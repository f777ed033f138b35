"""The team's pages of scales, matrices and rankings."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.observatory import degree_tables, figures, pages
from jalons.observatory.views import open_for_team


@require_safe
@never_cache
def degrees(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every scale, matrix and ranking, one table a question."""
    opened = open_for_team(request, pk)
    found = figures.team_degrees(opened.shown.campaign)
    context = {
        "opened": opened,
        "shown": opened.shown,
        "sheets": degree_tables.sheets(found, opened.shown.words),
    }
    return render(request, "observatory/degrees.html", context)


@require_safe
@never_cache
def degrees_table(request: SignedInRequest, pk: int, code: str) -> HttpResponseBase:
    """One of these tables as CSV."""
    opened = open_for_team(request, pk)
    found = figures.team_degrees(opened.shown.campaign)
    sheets = degree_tables.sheets(found, opened.shown.words)
    sheet = next((one for one in sheets if one.code == code), None)
    if sheet is None:
        raise Http404
    return pages.sheet_as_csv(opened, sheet)
