"""Stakes, workstreams and actions: written, read, changed by several hands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest, safe_next
from jalons.actors.pages import form_page
from jalons.library.figures import sheets_about
from jalons.roadmaps import access, operations
from jalons.roadmaps.budget_forms import budget_forms, budget_of
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.forms import ActionForm, PlainForm, StakeForm
from jalons.roadmaps.models import Action, Roadmap, Stake, Workstream
from jalons.roadmaps.pages import keep_sent, page
from jalons.roadmaps.workstream_forms import WorkstreamForm
from jalons.spaces.access import Right


@never_cache
@form_page
def add_stake(request: SignedInRequest, pk: int) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    form = StakeForm(request.POST or None, instance=Stake(roadmap=roadmap))
    if request.method == "POST" and form.is_valid():
        operations.add_stake(roadmap, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The stake is added."))
        return redirect("roadmaps:show", pk)
    return render(request, "roadmaps/add_stake.html", _page(request, roadmap, form))


@never_cache
@form_page
def stake(request: SignedInRequest, pk: int, stake_pk: int) -> HttpResponse:
    """A stake worded again."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_stake(roadmap, stake_pk)
    form = StakeForm(request.POST or None, instance=row)
    sent = keep_sent(
        request,
        form,
        lambda version: operations.save_stake(row, version=version, by=request.user),
        _("The stake is saved."),
    )
    if sent.is_kept:
        return redirect("roadmaps:show", pk)
    shown = plan_of(roadmap).stake(row)
    said = {"stake": shown, "further": sheets_about(row.text)}
    context = _page(request, roadmap, form, theirs=sent.theirs, **said)
    return render(request, "roadmaps/stake.html", context)


@never_cache
@form_page
def add_workstream(request: SignedInRequest, pk: int, stake_pk: int) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    stake = access.get_stake(roadmap, stake_pk)
    form = WorkstreamForm(request.POST or None, instance=Workstream(stake=stake))
    if request.method == "POST" and form.is_valid():
        row = operations.add_workstream(
            form.save(commit=False), form.lines(), by=request.user
        )
        messages.success(request, _("The workstream is added: which actions?"))
        return redirect("roadmaps:workstream", pk, row.pk)
    context = _page(request, roadmap, form, stake=plan_of(roadmap).stake(stake))
    return render(request, "roadmaps/add_workstream.html", context)


@require_safe
@never_cache
def workstream(request: SignedInRequest, pk: int, workstream_pk: int) -> HttpResponse:
    """One workstream whole: its lines, its actions, where it comes from."""
    roadmap = access.get_roadmap(request.user, pk, Right.READ)
    row = access.get_workstream(roadmap, workstream_pk)
    plan = plan_of(roadmap)
    context = page(
        request.user,
        roadmap,
        workstream=plan.workstream(row),
        stake=plan.stake(row.stake),
    )
    return render(request, "roadmaps/workstream.html", context)


@never_cache
@form_page
def edit_workstream(
    request: SignedInRequest, pk: int, workstream_pk: int
) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_workstream(roadmap, workstream_pk)
    form = WorkstreamForm(request.POST or None, instance=row)
    sent = keep_sent(
        request,
        form,
        lambda version: operations.save_workstream(
            row, form.lines(), version=version, by=request.user
        ),
        _("The workstream is saved."),
    )
    if sent.is_kept:
        return _back(request, pk, row.pk)
    shown = plan_of(roadmap).workstream(row)
    context = _page(request, roadmap, form, theirs=sent.theirs, workstream=shown)
    return render(request, "roadmaps/edit_workstream.html", context)


@never_cache
@form_page
def add_action(request: SignedInRequest, pk: int, workstream_pk: int) -> HttpResponse:
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    workstream = access.get_workstream(roadmap, workstream_pk)
    row = Action(workstream=workstream)
    form = ActionForm(request.POST or None, instance=row)
    budget = budget_forms(request, row)
    if request.method == "POST" and form.is_valid() and budget.is_valid():
        operations.add_action(row, budget_of(budget), by=request.user)
        messages.success(request, _("The action is added."))
        return _back(request, pk, workstream_pk)
    plan = plan_of(roadmap)
    shown = plan.workstream(workstream)
    context = _page(request, roadmap, form, budget=budget, plan=plan, workstream=shown)
    return render(request, "roadmaps/add_action.html", context)


@never_cache
@form_page
def action(request: SignedInRequest, pk: int, action_pk: int) -> HttpResponse:
    """An action changed: who, when, how far, with whose money."""
    roadmap = access.get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_action(roadmap, action_pk)
    form = ActionForm(request.POST or None, instance=row)
    budget = budget_forms(request, row)
    sent = keep_sent(
        request,
        form,
        lambda version: operations.save_action(
            row,
            budget_of(budget),
            version=version,
            by=request.user,
            reason=form.cleaned_data["reason"],
        ),
        _("The action is saved."),
        budget=budget,
    )
    if sent.is_kept:
        return _back(request, pk, row.workstream_id)
    plan = plan_of(roadmap)
    said = {"plan": plan, "action": plan.action(row), "theirs": sent.theirs}
    context = _page(request, roadmap, form, budget=budget, **said)
    return render(request, "roadmaps/action.html", context)


def _back(request: SignedInRequest, pk: int, workstream_pk: int) -> HttpResponse:
    """Where the person came from, when the link said it; else the workstream."""
    page = reverse("roadmaps:workstream", args=[pk, workstream_pk])
    return redirect(safe_next(request, otherwise=page))


def _page(
    request: SignedInRequest, roadmap: Roadmap, form: PlainForm, **more: object
) -> dict[str, object]:
    """What the page of every form of a line is made of."""
    return page(request.user, roadmap, form=form, **more)
