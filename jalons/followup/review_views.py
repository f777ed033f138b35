"""Progress reviews: a period frozen as it stood, a comment, decisions."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.documents.model import Document
from jalons.followup import access, operations, words
from jalons.followup.documents import Room, dashboard_document
from jalons.followup.figures import usual_start
from jalons.followup.files import as_file
from jalons.followup.forms import CommentForm, DecisionForm, FollowForm, PeriodForm
from jalons.followup.models import Progress, ProgressDecision
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right


@never_cache
@form_page
def add_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """A period looked at: what stands today is frozen."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    start = usual_start(roadmap, on=timezone.localdate())
    form = PeriodForm(request.POST or None, initial={"since": start})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = operations.keep_progress(
            roadmap, since=said["since"], comment=said["comment"], by=request.user
        )
        messages.success(request, _("What was looked at is kept as it stood today."))
        return redirect("followup:progress", pk, made.pk)
    context = page(request.user, roadmap, form=form)
    return render(request, "followup/add_progress.html", context)


@never_cache
@form_page
def progress(request: SignedInRequest, pk: int, progress_pk: int) -> HttpResponse:
    """What was looked at, and what was decided; one decision more."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    roadmap = get_roadmap(request.user, pk, right)
    row = access.get_progress(roadmap, progress_pk)
    form = DecisionForm(
        request.POST or None,
        instance=ProgressDecision(progress=row),
        space=roadmap.space,
    )
    if request.method == "POST" and form.is_valid():
        operations.add_decision(form.save(commit=False), by=request.user)
        messages.success(request, _("The decision is kept."))
        return redirect("followup:progress", pk, progress_pk)
    context = page(
        request.user,
        roadmap,
        progress=row,
        told=row.told,
        lead=words.lead(row.told),
        money=words.money(row.told["money"]),
        form=form,
        decisions=_decisions(row),
    )
    return render(request, "followup/progress.html", context)


@never_cache
@form_page
def comment(request: SignedInRequest, pk: int, progress_pk: int) -> HttpResponse:
    """The comment written otherwise; what was frozen stays."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_progress(roadmap, progress_pk)
    form, theirs = CommentForm(request.POST or None, instance=row), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: operations.save_comment(
                form.save(commit=False), version=version, by=request.user
            ),
            lambda stored: CommentForm(instance=stored),
        )
        if not theirs:
            messages.success(request, _("The comment is kept."))
            return redirect("followup:progress", pk, progress_pk)
    context = page(request.user, roadmap, progress=row, form=form, theirs=theirs)
    return render(request, "followup/comment.html", context)


@never_cache
@form_page
def decision(
    request: SignedInRequest, pk: int, progress_pk: int, decision_pk: int
) -> HttpResponse:
    """What became of a decision."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_progress(roadmap, progress_pk)
    found = access.get_decision(row, decision_pk)
    form = FollowForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        operations.follow_decision(form.save(commit=False), by=request.user)
        messages.success(request, _("Kept."))
        return redirect("followup:progress", pk, progress_pk)
    context = page(request.user, roadmap, progress=row, decision=found, form=form)
    return render(request, "followup/decision.html", context)


@require_safe
def progress_file(
    request: SignedInRequest, pk: int, progress_pk: int, format: str
) -> HttpResponse:
    """What was frozen, with the comment and the decisions of today; two pages.

    In the language in which it was frozen: a file that mixes two is read by nobody.
    """
    roadmap = get_roadmap(request.user, pk, Right.READ)
    row = access.get_progress(roadmap, progress_pk)
    decisions = _decisions(row)
    compose = partial(_composed, roadmap, row, decisions)
    with translation.override(row.told.get("language", settings.LANGUAGE_CODE)):
        return as_file(row.told, compose, format)


def _decisions(row: Progress) -> list[ProgressDecision]:
    return list(row.decisions.select_related("actor"))


def _composed(
    roadmap: Roadmap, row: Progress, decisions: list[ProgressDecision], room: Room
) -> Document:
    return dashboard_document(
        roadmap, row.told, room=room, comment=row.comment, decisions=decisions
    )
