"""The team's restitution: everything, exact, for the members of the space."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.observatory import figures, pages, targeting
from jalons.observatory.answer_results import Question
from jalons.observatory.filters import Filters, filters_of
from jalons.observatory.pages import Opened
from jalons.observatory.restitution import restitution_of
from jalons.spaces.access import Right, right_in
from jalons.surveys.access import get_campaign_of_institutions


def open_for_team(request: SignedInRequest, pk: int) -> Opened:
    campaign = get_campaign_of_institutions(request.user, pk, Right.READ)
    shown = restitution_of(campaign, figures.team_figures(campaign))
    can_edit = right_in(request.user, campaign.space, Right.EDIT)
    return Opened(shown, {"pk": pk}, can_edit)


def _questions(opened: Opened, filters: Filters) -> tuple[Question, ...]:
    if not filters.departement:
        return opened.shown.figures.questions
    return figures.team_questions(opened.shown.campaign, filters.departement)


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    opened = open_for_team(request, pk)
    filters = filters_of(request.GET, opened.shown)
    return pages.show(request, opened, filters, _questions(opened, filters))


@require_safe
@never_cache
def territories(request: SignedInRequest, pk: int) -> HttpResponse:
    return pages.territories(request, open_for_team(request, pk))


@require_safe
@never_cache
def departements(request: SignedInRequest, pk: int) -> HttpResponse:
    return pages.departements(request, open_for_team(request, pk))


@require_safe
@never_cache
def crossings(request: SignedInRequest, pk: int) -> HttpResponse:
    return pages.crossings(request, open_for_team(request, pk))


@require_safe
@never_cache
def crossing(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    return pages.crossing(request, open_for_team(request, pk), code)


@require_safe
@never_cache
def answers(request: SignedInRequest, pk: int) -> HttpResponse:
    opened = open_for_team(request, pk)
    filters = filters_of(request.GET, opened.shown)
    return pages.answers(request, opened, filters, _questions(opened, filters))


@require_safe
@never_cache
def degrees(request: SignedInRequest, pk: int) -> HttpResponse:
    return pages.degrees(request, open_for_team(request, pk))


@require_safe
@never_cache
def targets(request: SignedInRequest, pk: int) -> HttpResponse:
    """The territories to support first (rule 30)."""
    opened = open_for_team(request, pk)
    is_wide = request.GET.get("etendre") == "1"
    by_index = request.GET.get("indice") == "1"
    found = figures.target_list(
        opened.shown.campaign, with_intermediate=is_wide, with_fragile=by_index
    )
    context = {
        "opened": opened,
        "shown": opened.shown,
        "lines": targeting.lines(found, opened.shown.words),
        "is_wide": is_wide,
        "by_index": by_index,
        "is_computed": any(one.fragile_share is not None for one in found),
    }
    return render(request, "observatory/targets.html", context)


@require_safe
@never_cache
def targets_csv(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The same list as a file, with the reason of each line."""
    opened = open_for_team(request, pk)
    found = figures.target_list(
        opened.shown.campaign,
        with_intermediate=request.GET.get("etendre") == "1",
        with_fragile=request.GET.get("indice") == "1",
    )
    return pages.sheet_as_csv(opened, targeting.sheet(found, opened.shown.words))


@require_safe
@never_cache
def verbatims(request: SignedInRequest, pk: int) -> HttpResponse:
    """What respondents wrote and agreed to be quoted for."""
    return pages.verbatims(request, open_for_team(request, pk))


@require_safe
@never_cache
def pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    return pages.pdf(open_for_team(request, pk))


@require_safe
@never_cache
def table(request: SignedInRequest, pk: int, code: str) -> HttpResponseBase:
    return pages.table(open_for_team(request, pk), code)
