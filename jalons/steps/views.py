"""The seven steps: where we are, what is missing, what comes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.roadmaps import access
from jalons.roadmaps.figures import plan_of
from jalons.spaces.access import Right, right_in
from jalons.steps import operations
from jalons.steps.definitions import read_method
from jalons.steps.figures import path_of
from jalons.steps.forms import StatementForm
from jalons.steps.tools import tools_of


@require_safe
@never_cache
def path(request: SignedInRequest, pk: int) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    found = path_of(plan_of(roadmap))
    context = {
        "space": roadmap.space,
        "roadmap": roadmap,
        "path": found,
        "tools": tools_of(found.next.row, roadmap) if found.next else [],
        "aims": read_method().aims,
    }
    return render(request, "steps/path.html", context)


@require_safe
@never_cache
def step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """One step: what it is for, what to do and where, when it is done."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    path = path_of(plan_of(roadmap))
    found = path.step(step)
    if found is None:
        raise Http404
    context = {
        "space": roadmap.space,
        "roadmap": roadmap,
        "path": path,
        "step": found,
        "tools": tools_of(found.row, roadmap),
        "can_edit": right_in(request.user, roadmap.space, Right.EDIT),
    }
    return render(request, "steps/step.html", context)


@require_POST
def state(request: SignedInRequest, pk: int, step: str, criterion: str) -> HttpResponse:
    """Say that a criterion holds, set it apart with its reason, or open it again."""
    roadmap = access.get_roadmap(request.user, pk, Right.EDIT)
    found = next((one for one in read_method().step if one.id == step), None)
    if found is None or criterion not in [one.id for one in found.criterion]:
        raise Http404
    messages.add_message(request, *_state(request, roadmap, criterion))
    return redirect("steps:step", pk, step)


def _state(request: SignedInRequest, roadmap, criterion: str) -> tuple[int, str]:
    if "withdraw" in request.POST:
        operations.withdraw_statement(roadmap, criterion, by=request.user)
        return messages.SUCCESS, _("The criterion is open again.")
    form = StatementForm(request.POST)
    if not form.is_valid():
        told = " ".join(str(one) for errors in form.errors.values() for one in errors)
        return messages.ERROR, _("Not kept: %(why)s") % {"why": told}
    said = form.cleaned_data
    try:
        operations.state_criterion(
            roadmap, criterion, said["kind"], said["reason"], by=request.user
        )
    except operations.IsChecked:
        words = _(
            "This criterion is looked for here: it is met when its object exists."
        )
        return messages.ERROR, words
    return messages.SUCCESS, _("Kept, with your reason.")
