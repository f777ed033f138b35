"""Pairings: what a centre may propose, and what each team is asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.network.access import get_centre, get_supported
from jalons.network.cockpit import cockpit_of
from jalons.pairing import access, operations, pages
from jalons.pairing.forms import AnswerForm, ProposalForm
from jalons.pairing.matching import candidates_for, pairing_of
from jalons.spaces.access import Right, get_space, right_in


@require_safe
@never_cache
def all(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Those that a centre proposed, or that a team is asked about."""
    space = get_space(request.user, space_pk, Right.READ)
    context = {"space": space, "lines": pages.lines_of(space)}
    return render(request, "pairing/list.html", context)


@require_safe
@never_cache
def candidates(request: SignedInRequest, space_pk: int, code: str) -> HttpResponse:
    """The territories that may be put in touch with this one, with the reasons."""
    space = get_centre(request.user, space_pk, Right.READ)
    place = get_supported(space, code)
    cockpit = cockpit_of(space)
    row = next(one for one in cockpit.rows if one.code == place.code)
    context = {
        "space": space,
        "place": place,
        "cockpit": cockpit,
        "has_team": access.has_team(place),
        "candidates": candidates_for(space, row, cockpit),
        "known": [one for one in pages.lines_of(space) if code in one.codes],
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "pairing/candidates.html", context)


@never_cache
@form_page
def propose(
    request: SignedInRequest, space_pk: int, code: str, other: str
) -> HttpResponse:
    """Ask both teams, in the same words."""
    space, place = access.get_pair(request.user, space_pk, code)
    second = access.get_other(space, place, other)
    pairing = pairing_of(space, place, second)
    form = ProposalForm(request.POST or None, instance=pairing)
    if request.method == "POST" and form.is_valid():
        try:
            operations.propose(pairing, (place, second), by=request.user)
        except operations.AlreadyPaired:
            form.add_error(None, _("They are asked already, or exchange already."))
        else:
            messages.success(request, _("Both teams are asked."))
            return redirect("pairing:show", space_pk, pairing.pk)
    pair, why = (place, second), pairing.said_reasons
    context = pages.proposal_page(space, pair, why, form)
    return render(request, "pairing/propose.html", context)


@require_safe
@never_cache
def show(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Where it stands, as this reader may know it."""
    opened = access.get_pairing(request.user, space_pk, pk, Right.READ)
    return render(request, "pairing/show.html", pages.page_of(request.user, opened))


@require_POST
def answer(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A team agrees or refuses; the centre notes it for a territory without a team."""
    opened = access.get_pairing(request.user, space_pk, pk, Right.EDIT)
    side = access.get_side(opened, request.POST.get("territory"))
    form = AnswerForm(request.POST, instance=side, is_centre=opened.is_centre)
    if not form.is_valid():
        context = pages.page_of(request.user, opened, answering=(side, form))
        return render(request, "pairing/show.html", context, status=400)
    act = operations.agree if form.cleaned_data["is_agreed"] else operations.refuse
    try:
        act(form.save(commit=False), space=opened.space, by=request.user)
    except operations.NotTheMoment:
        messages.error(request, pages.TOO_LATE)
    else:
        messages.success(request, _("The answer is kept."))
    return redirect("pairing:show", space_pk, pk)


@require_POST
def withdraw(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The centre takes back what it proposed, before it begins."""
    get_centre(request.user, space_pk, Right.EDIT)
    opened = access.get_pairing(request.user, space_pk, pk, Right.EDIT)
    try:
        operations.withdraw(opened.pairing, by=request.user)
    except operations.NotTheMoment:
        messages.error(request, pages.TOO_LATE)
    else:
        messages.success(request, _("The proposal is taken back."))
    return redirect("pairing:show", space_pk, pk)
