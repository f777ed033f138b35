"""What people met in the field say, and the workshops that it suggests."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.fieldwork import figures, pages, words
from jalons.fieldwork.people import people_of
from jalons.fieldwork.tasks import is_ready
from jalons.fieldwork.workshops import proposals_of
from jalons.rounds.access import get_round
from jalons.rounds.models import Round
from jalons.rounds.pages import frame
from jalons.spaces.access import Right


@require_safe
@never_cache
def results(request: SignedInRequest, pk: int) -> HttpResponse:
    """Shares with n and interval, the sample against the population, the cautions."""
    round = get_round(request.user, pk, Right.READ)
    language = get_language() or "fr"
    people = people_of(round)
    if not people.n:
        return render(request, "fieldwork/nobody.html", frame(request.user, round))
    if not is_ready(people, "results"):
        return _under_way(request, round)
    found = figures.results_of(people)
    names = pages.names_of(people, language)
    framed = frame(request.user, round)
    compared = figures.compared(people, is_exact=bool(framed["can_edit"]))
    context = {
        **framed,
        "lead": words.lead(found),
        "facts": pages.facts(found),
        "cautions": [*words.cautions(found)],
        "weighting": [*words.weighting(people, names)],
        "scores": [pages.profiles(found), pages.areas(found)],
        "opened": pages.opened(pages.questions(found, language), request.GET),
        "beside": pages.beside(compared, names),
        "vintage": people.vintage,
    }
    return render(request, "fieldwork/results.html", context)


@require_safe
@never_cache
def workshops(request: SignedInRequest, pk: int) -> HttpResponse:
    """What, where and when, by commune or group of communes."""
    round = get_round(request.user, pk, Right.READ)
    language = get_language() or "fr"
    people = people_of(round)
    if not people.n:
        return render(request, "fieldwork/nobody.html", frame(request.user, round))
    if not is_ready(people, "workshops"):
        return _under_way(request, round)
    context = {
        **frame(request.user, round),
        "workshops": pages.workshops(people, proposals_of(people), language),
        "n": people.n,
    }
    return render(request, "fieldwork/workshops.html", context)


def _under_way(request: SignedInRequest, round: Round) -> HttpResponse:
    """What may be told is not known yet: the page says so, and shows it once it is."""
    return render(request, "fieldwork/checking.html", frame(request.user, round))
