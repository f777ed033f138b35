"""One indicator: where it starts from, what is measured, until when it is followed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.evaluation import access, computing, measuring, operations
from jalons.evaluation.history import history_of
from jalons.evaluation.indicator_forms import (
    BaselineForm,
    FollowedForm,
    MeasureForm,
    RetireForm,
)
from jalons.evaluation.models import Baseline, Measure
from jalons.evaluation.pages import begun
from jalons.evaluation.proposals import proposals_for
from jalons.evaluation.values import shown
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right


@require_safe
@never_cache
def indicator(request: SignedInRequest, pk: int, followed_pk: int) -> HttpResponse:
    """Its definition, its baselines, its measures, the former ones too."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    row = access.get_followed(roadmap, followed_pk)
    read = begun(roadmap).find(row)
    context = page(
        request.user,
        roadmap,
        read=read,
        history=history_of(read),
        is_computed=computing.can_compute(row),
    )
    return render(request, "evaluation/indicator.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, pk: int, followed_pk: int) -> HttpResponse:
    """Its target, who measures it, what it serves."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_followed(roadmap, followed_pk)
    form, theirs = FollowedForm(request.POST or None, instance=row), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: operations.save_followed(
                form.save(commit=False),
                form.cleaned_data["stakes"],
                version=version,
                by=request.user,
            ),
            lambda stored: FollowedForm(instance=stored),
        )
        if not theirs:
            messages.success(request, _("It is kept."))
            return redirect("evaluation:indicator", pk, followed_pk)
    context = page(request.user, roadmap, row=row, form=form, theirs=theirs)
    return render(request, "evaluation/edit.html", context)


@never_cache
@form_page
def baseline(request: SignedInRequest, pk: int, followed_pk: int) -> HttpResponse:
    """Where it starts from: typed, or a figure that is loaded."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_followed(roadmap, followed_pk)
    proposals = proposals_for(row, roadmap)
    asked = request.GET.get("figure", "")
    taken = next((one for one in proposals if one.code == asked), None)
    start = Baseline(followed=row)
    if taken:
        start.value, start.measured_on = taken.value, taken.measured_on
        start.source, start.vintage = taken.source, taken.vintage
    is_first = not row.baselines.exists()
    form = BaselineForm(request.POST or None, instance=start, is_first=is_first)
    if request.method == "POST" and form.is_valid():
        measuring.set_baseline(form.save(commit=False), by=request.user)
        messages.success(request, _("Where it starts from is noted, with its day."))
        return redirect("evaluation:indicator", pk, followed_pk)
    context = page(request.user, roadmap, row=row, form=form, proposals=proposals)
    return render(request, "evaluation/baseline.html", context)


@never_cache
@form_page
def measure(request: SignedInRequest, pk: int, followed_pk: int) -> HttpResponse:
    """A measure noted by hand."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_followed(roadmap, followed_pk)
    start = Measure(followed=row, origin=Measure.Origin.ENTERED, source=row.said.source)
    start.measured_on = timezone.localdate()
    form = MeasureForm(request.POST or None, instance=start)
    if request.method == "POST" and form.is_valid():
        measuring.add_measure(form.save(commit=False), by=request.user)
        messages.success(request, _("The measure is noted."))
        return redirect("evaluation:indicator", pk, followed_pk)
    context = page(request.user, roadmap, row=row, form=form)
    return render(request, "evaluation/measure.html", context)


@never_cache
@form_page
def retire(request: SignedInRequest, pk: int, followed_pk: int) -> HttpResponse:
    """Stop following it from a day; what was measured stays."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    row = access.get_followed(roadmap, followed_pk)
    form = RetireForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        day, reason = said["retired_on"], said["retired_because"]
        try:
            operations.retire(row, day, reason, by=request.user)
        except operations.StillMeasured:
            words = _("It was measured after that day: choose a later one.")
            form.add_error("retired_on", words)
        else:
            messages.success(request, _("It is not followed any more; it all stays."))
            return redirect("evaluation:indicator", pk, followed_pk)
    context = page(request.user, roadmap, row=row, form=form)
    return render(request, "evaluation/retire.html", context)


@require_POST
def resume(request: SignedInRequest, pk: int, followed_pk: int) -> HttpResponse:
    """Follow it again."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    row = access.get_followed(roadmap, followed_pk)
    operations.resume(row, by=request.user)
    messages.success(request, _("It is followed again."))
    return redirect("evaluation:indicator", pk, followed_pk)


@require_POST
def compute(request: SignedInRequest, pk: int, followed_pk: int) -> HttpResponse:
    """A measure that Jalons works out, on this day."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_followed(roadmap, followed_pk)
    if not computing.can_compute(row):
        raise Http404
    today = timezone.localdate()
    try:
        taken = computing.take_measure(row, on=today, by=request.user)
    except measuring.AfterRetirement:
        messages.error(request, _("This indicator is not followed any more."))
    else:
        words = _("Computed: %(value)s.") % {"value": shown(taken.value, row.unit)}
        messages.success(request, taken.said_note or words)
    return redirect("evaluation:indicator", pk, followed_pk)


@require_POST
def compute_all(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every measure that Jalons works out, on this day."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    taken = computing.take_every_measure(
        access.get_evaluation(roadmap), on=timezone.localdate(), by=request.user
    )
    known = sum(one.value is not None for one in taken)
    words = _("Computed: %(known)s of %(n)s; each of the others says why not.")
    messages.success(request, words % {"known": known, "n": len(taken)})
    return redirect("evaluation:show", pk)
