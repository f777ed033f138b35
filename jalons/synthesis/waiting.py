"""A page of the team opens once the tables are checked; until then it says how far."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from jalons.accounts.access import SignedInRequest
from jalons.synthesis import checking, tasks
from jalons.synthesis.checking import BeingChecked
from jalons.synthesis.composition import Composed
from jalons.synthesis.models import Synthesis

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, int, P], HttpResponseBase]


def composed_once_checked(synthesis: Synthesis) -> Composed:
    """The synthesis; BeingChecked as long as its tables are not, and that is asked."""
    found = checking.composed(synthesis)
    if found is not None:
        return found
    check, is_to_start = checking.ask_check(synthesis, at=timezone.now())
    if is_to_start:
        tasks.check.enqueue(synthesis.pk, check.digest)
        found = checking.composed(synthesis)
    if found is None:
        raise BeingChecked(check)
    return found


def once_checked(view: View[P]) -> View[P]:
    """Show how far the check is, instead of the page, as long as it goes on."""

    @wraps(view)
    def waiting(
        request: SignedInRequest, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, pk, *args, **kwargs)
        except BeingChecked as error:
            return _page(request, error.check)

    return waiting


def _page(request: SignedInRequest, check: checking.Check) -> HttpResponse:
    synthesis = check.synthesis
    context = {
        "synthesis": synthesis,
        "campaign": synthesis.campaign,
        "space": synthesis.campaign.space,
        "check": check,
    }
    return render(request, "synthesis/checking.html", context)
