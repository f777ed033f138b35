"""The nine conditions of success: where each stands, what shows it, how it moved."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.conditions.definitions import condition_of
from jalons.conditions.figures import conditions_of
from jalons.conditions.models import Appraisal
from jalons.conditions.operations import appraise_condition
from jalons.roadmaps import access
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right
from jalons.steps.checks import Seen
from jalons.steps.condition_forms import AppraisalForm
from jalons.steps.ground import Ground
from jalons.steps.signs import signs_of


@require_safe
@never_cache
def conditions(request: SignedInRequest, pk: int) -> HttpResponse:
    """All nine, with what the objects of the space show of each."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    found = conditions_of(roadmap)
    seen = Seen(plan_of(roadmap), Ground(roadmap.space))
    rows = [(one, signs_of(one.row.id, seen)) for one in found.rows]
    context = page(request.user, roadmap, conditions=found, rows=rows)
    return render(request, "steps/conditions.html", context)


@never_cache
@form_page
def condition(request: SignedInRequest, pk: int, condition: str) -> HttpResponse:
    """Say where one of them stands; then the next of which nothing is said."""
    roadmap = access.get_roadmap(request.user, pk, Right.EDIT)
    if condition_of(condition) is None:
        raise Http404
    row = Appraisal(roadmap=roadmap, condition=condition)
    form = AppraisalForm(request.POST or None, instance=row, roadmap=roadmap)
    found = conditions_of(roadmap)
    if request.method == "POST" and form.is_valid():
        appraise_condition(row, form.shown(), by=request.user)
        following = found.after(condition)
        if following is None:
            messages.success(request, _("Kept: the nine conditions were gone through."))
            return redirect("steps:conditions", pk)
        messages.success(request, _("Kept. Here is the next condition."))
        return redirect("steps:condition", pk, following.row.id)
    shown = found.condition(condition)
    signs = signs_of(condition, Seen(plan_of(roadmap), Ground(roadmap.space)))
    context = page(request.user, roadmap, condition=shown, form=form, signs=signs)
    return render(request, "steps/condition.html", context)
