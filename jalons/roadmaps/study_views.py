"""Is it feasible, and what did others try: what a team reads before it decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.roadmaps import access, studying
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Inspiration
from jalons.roadmaps.pages import keep_sent, page
from jalons.roadmaps.study_forms import InspirationForm, StudyForm
from jalons.spaces.access import Right


@never_cache
@form_page
def study(request: SignedInRequest, pk: int, action_pk: int) -> HttpResponse:
    """The steps of an action, its resources, its indicators, whether it is feasible."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_action(roadmap, action_pk)
    form = StudyForm(request.POST or None, instance=row)
    sent = keep_sent(
        request,
        form,
        lambda version: studying.save_study(
            form.save(commit=False), version=version, by=request.user
        ),
        _("The study is saved."),
    )
    if sent.is_kept:
        return redirect("roadmaps:workstream", pk, row.workstream_id)
    shown = plan_of(roadmap).action(row)
    context = page(request.user, roadmap, form=form, theirs=sent.theirs, action=shown)
    return render(request, "roadmaps/study.html", context)


@never_cache
@form_page
def add_inspiration(
    request: SignedInRequest, pk: int, workstream_pk: int
) -> HttpResponse:
    """What others tried, examined for a workstream (step 5)."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_workstream(roadmap, workstream_pk)
    form = InspirationForm(request.POST or None, instance=Inspiration(workstream=row))
    if request.method == "POST" and form.is_valid():
        studying.add_inspiration(form.save(commit=False), by=request.user)
        messages.success(request, _("The example is added."))
        return redirect("roadmaps:workstream", pk, workstream_pk)
    shown = plan_of(roadmap).workstream(row)
    context = page(request.user, roadmap, form=form, workstream=shown)
    return render(request, "roadmaps/inspiration.html", context)


@never_cache
@form_page
def inspiration(request: SignedInRequest, pk: int, inspiration_pk: int) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_inspiration(roadmap, inspiration_pk)
    form = InspirationForm(request.POST or None, instance=row)
    sent = keep_sent(
        request,
        form,
        lambda version: studying.save_inspiration(
            row, version=version, by=request.user
        ),
        _("The example is saved."),
    )
    if sent.is_kept:
        return redirect("roadmaps:workstream", pk, row.workstream_id)
    shown = plan_of(roadmap).workstream(row.workstream)
    context = page(
        request.user, roadmap, form=form, theirs=sent.theirs, workstream=shown, row=row
    )
    return render(request, "roadmaps/inspiration.html", context)


@require_POST
def remove_inspiration(
    request: SignedInRequest, pk: int, inspiration_pk: int
) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.EDIT)
    row = access.get_inspiration(roadmap, inspiration_pk)
    studying.remove_inspiration(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("roadmaps:workstream", pk, row.workstream_id)
