"""Whom the team hopes to meet: shared out like the inhabitants, or written by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jalons.accounts.access import SignedInRequest
from jalons.rounds import access, operations, pages
from jalons.rounds.quota_forms import CommuneForm, ShareForm
from jalons.rounds.quotas import board_of, targets_of, words_of
from jalons.spaces.access import Right

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def quotas(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom the team hopes to meet, and what is left; a total is shared out."""
    round = access.get_round(request.user, pk, Right.EDIT)
    board = board_of(round)
    form = ShareForm(request.POST or None, initial={"total": board.wished or None})
    if request.method == "POST" and form.is_valid():
        if board.without_inhabitants and form.cleaned_data["total"]:
            form.add_error("total", _("These inhabitants are not loaded: see below."))
        else:
            total = form.cleaned_data["total"]
            operations.share_quotas(round, total, by=request.user)
            messages.success(request, _("Shared out. Each commune can be changed."))
            return redirect("rounds:quotas", pk)
    language = get_language() or "fr"
    sexes, ages = (words_of(round, role, language) for role in ("sex", "age"))
    context = {
        **pages.frame(request.user, round),
        "board": board,
        "form": form,
        "sexes": sexes,
        "lines": pages.hopes(board, sexes, ages),
    }
    return render(request, "rounds/quotas.html", context)


@form_page
def quota(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """How many people of each sex and age, in one commune."""
    round = access.get_round(request.user, pk, Right.EDIT)
    commune = get_object_or_404(round.campaign.territories, pk=code)
    language = get_language() or "fr"
    form = CommuneForm(
        request.POST or None,
        commune=commune.pk,
        sexes=words_of(round, "sex", language),
        ages=words_of(round, "age", language),
        targets=targets_of(round),
    )
    if request.method == "POST" and form.is_valid():
        operations.set_commune_quotas(round, commune, form.targets(), by=request.user)
        messages.success(request, _("Noted."))
        return redirect("rounds:quotas", pk)
    context = {**pages.frame(request.user, round), "commune": commune, "form": form}
    return render(request, "rounds/quota.html", context)
