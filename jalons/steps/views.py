"""The seven steps: where we are, what is missing, what comes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.conditions.figures import conditions_of
from jalons.library.figures import further
from jalons.roadmaps import access
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import page_of
from jalons.spaces.access import Right, role_in
from jalons.steps import operations
from jalons.steps.definitions import read_method
from jalons.steps.figures import path_of
from jalons.steps.forms import StatementForm
from jalons.steps.mending import ways_of
from jalons.steps.tools import tools_of


@require_safe
@never_cache
def path(request: SignedInRequest, pk: int) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    found = path_of(plan_of(roadmap))
    role = role_in(request.user, roadmap.space)
    context = page_of(
        role,
        roadmap,
        path=found,
        missing=[
            (one, ways_of(one.row.id, found.seen, role)) for one in found.left_next
        ],
        tools=tools_of(found.next.row, roadmap, role) if found.next else [],
        aims=read_method().aims,
        conditions=conditions_of(roadmap),
    )
    return render(request, "steps/path.html", context)


@require_safe
@never_cache
def step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """One step: what it is for, what to do and where, when it is done."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    return _step(request, roadmap, step)


@require_POST
def state(request: SignedInRequest, pk: int, step: str, criterion: str) -> HttpResponse:
    """Say that a criterion holds, set it apart with its reason, or open it again.

    What is refused is told beside its field, with what was typed.
    """
    roadmap = access.get_roadmap(request.user, pk, Right.EDIT)
    found = next((one for one in read_method().step if one.id == step), None)
    if found is None or criterion not in [one.id for one in found.criterion]:
        raise Http404
    if "withdraw" in request.POST:
        operations.withdraw_statement(roadmap, criterion, by=request.user)
        messages.success(request, _("The criterion is open again."))
        return redirect("steps:step", pk, step)
    form = StatementForm(request.POST)
    if not _is_kept(request, roadmap, criterion, form):
        return _step(request, roadmap, step, refused=form, criterion=criterion)
    messages.success(request, _("Kept, with your reason."))
    return redirect("steps:step", pk, step)


def _step(
    request: SignedInRequest, roadmap: Roadmap, step: str, **more: object
) -> HttpResponse:
    path = path_of(plan_of(roadmap))
    found = path.step(step)
    if found is None:
        raise Http404
    role = role_in(request.user, roadmap.space)
    lines = [
        (one, [] if one.is_over else ways_of(one.row.id, path.seen, role))
        for one in found.criteria
    ]
    tools = tools_of(found.row, roadmap, role)
    shown = {"path": path, "step": found, "lines": lines, "tools": tools}
    sheets = further([f"step:{found.number}"])
    context = page_of(role, roadmap, further=sheets, **shown, **more)
    return render(request, "steps/step.html", context)


def _is_kept(
    request: SignedInRequest, roadmap: Roadmap, criterion: str, form: StatementForm
) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        operations.state_criterion(
            roadmap, criterion, said["kind"], said["reason"], by=request.user
        )
    except operations.IsChecked:
        words = _(
            "Jalons checks this one by itself: it is met once what it asks for is done "
            "here."
        )
        form.add_error("reason", words)
    return form.is_valid()
