"""Funding: the catalogue of a team, what fits an action, what is asked and granted."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.files.exports import stream_csv
from jalons.funding import access, aides_territoires, exports, operations
from jalons.funding.figures import funding_of
from jalons.funding.fitting import fits_of, ground_of
from jalons.funding.forms import GrantForm
from jalons.funding.models import Grant, Scheme
from jalons.live.access import read_number
from jalons.roadmaps.access import get_action, get_roadmap
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action
from jalons.roadmaps.operations import ChangedMeanwhile
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right


@require_safe
@never_cache
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The funding plan of a roadmap, action by action and funder by funder."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    context = page(request.user, roadmap, found=funding_of(plan_of(roadmap)))
    return render(request, "funding/plan.html", context)


@require_safe
def export_csv(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One line a request, for a spreadsheet."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    return stream_csv(
        f"{_('funding')}-{pk}.csv",
        exports.header(),
        exports.lines_of(funding_of(plan_of(roadmap))),
        is_simulated=roadmap.is_simulated,
    )


@require_safe
@never_cache
def action(request: SignedInRequest, pk: int, action_pk: int) -> HttpResponse:
    """What may fund an action, and what was asked for it."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    row = get_action(roadmap, action_pk)
    shown = plan_of(roadmap).action(row)
    fits = fits_of(shown, ground_of(roadmap), on=timezone.localdate())
    grants = row.grants.select_related("scheme")
    context = page(request.user, roadmap, action=shown, fits=fits, grants=grants)
    context["can_search"] = aides_territoires.is_on()
    return render(request, "funding/action.html", context)


@never_cache
@form_page
def ask(request: SignedInRequest, pk: int, action_pk: int) -> HttpResponse:
    """A request for money; from a scheme or from the budget, most is filled in."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = get_action(roadmap, action_pk)
    form = GrantForm(request.POST or None, instance=_begun(row, request.GET))
    if request.method == "POST" and form.is_valid():
        operations.save_grant(form.save(commit=False), by=request.user)
        messages.success(request, _("The request is in the funding plan."))
        return redirect("funding:action", pk, action_pk)
    shown = plan_of(roadmap).action(row)
    context = page(request.user, roadmap, action=shown, form=form)
    return render(request, "funding/ask.html", context)


def _begun(action: Action, asked: Mapping[str, str]) -> Grant:
    """A request for the scheme, or for the line of the budget, that the link names."""
    offered = Scheme.objects.offered_to(action.workstream.stake.roadmap.space)
    scheme = offered.filter(pk=read_number(asked.get("aide", ""))).first()
    if scheme:
        return Grant(action=action, scheme=scheme, funder=scheme.funder)
    made = Grant(action=action)
    line = action.budget.filter(pk=read_number(asked.get("ligne", "")) or 0).first()
    if line:
        made.funder = line.funder
        if line.amount is not None:
            made.asked = line.amount
    return made


@never_cache
@form_page
def grant(request: SignedInRequest, pk: int, grant_pk: int) -> HttpResponse:
    """A request changed: sent, granted, refused."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_grant(roadmap, grant_pk)
    form = GrantForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        operations.save_grant(form.save(commit=False), by=request.user)
        messages.success(request, _("The request is saved."))
        return redirect("funding:action", pk, row.action_id)
    context = page(request.user, roadmap, grant=row, form=form)
    return render(request, "funding/grant.html", context)


@require_POST
def remove(request: SignedInRequest, pk: int, grant_pk: int) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    row = access.get_grant(roadmap, grant_pk)
    operations.remove_grant(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("funding:action", pk, row.action_id)


@require_POST
def agree(request: SignedInRequest, pk: int, grant_pk: int) -> HttpResponse:
    """Write in the budget what the funder granted."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_grant(roadmap, grant_pk)
    try:
        operations.write_in_budget(row, by=request.user)
    except ChangedMeanwhile:
        words = _("Not written: somebody changed the action meanwhile. Try again.")
        messages.error(request, words)
    else:
        messages.success(request, _("The budget says what was granted."))
    return redirect("funding:plan", pk)
