"""The dashboard of a roadmap, how each action stands, in which communes."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.documents.model import Document
from jalons.evaluation.computing import Asked
from jalons.followup import access, operations, words
from jalons.followup.documents import Room, dashboard_document
from jalons.followup.figures import communes_of, dashboard_of
from jalons.followup.files import as_file
from jalons.followup.forms import CommunesForm, StandingForm
from jalons.followup.grouping import By, groups_of, named
from jalons.followup.telling import DashboardTold, told_of
from jalons.roadmaps.access import get_action, get_roadmap
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right


@require_safe
@never_cache
def dashboard(request: SignedInRequest, pk: int) -> HttpResponse:
    """A roadmap read in a minute."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    today = timezone.localdate()
    since = access.read_day(request.GET.get("depuis"), before=today)
    read = dashboard_of(roadmap, since=since, on=today)
    by = named(request.GET.get("vue", ""))
    told = told_of(read)
    context = page(
        request.user,
        roadmap,
        told=told,
        lead=words.lead(told),
        money=words.money(told["money"]),
        by=by,
        every_by=list(By),
        groups=groups_of(read, by),
        reviews=roadmap.progress_reviews.defer("told"),
    )
    return render(request, "followup/dashboard.html", context)


@require_safe
def file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The same as a file; the PDF has two pages."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    today = timezone.localdate()
    since = access.read_day(request.GET.get("depuis"), before=today)
    told = told_of(dashboard_of(roadmap, since=since, on=today))
    compose = partial(_composed, roadmap, told)
    return as_file(told, compose, format)


def _composed(roadmap: Roadmap, told: DashboardTold, room: Room) -> Document:
    return dashboard_document(roadmap, told, room=room)


@never_cache
@form_page
def standing(request: SignedInRequest, pk: int, action_pk: int) -> HttpResponse:
    """How an action stands, and why."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = get_action(roadmap, action_pk)
    form, theirs = StandingForm(request.POST or None, instance=row), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: operations.tell_standing(
                row, form.standing(), version=version, by=request.user
            ),
            lambda stored: StandingForm(instance=stored),
        )
        if not theirs:
            messages.success(request, _("Kept: the dashboard tells it."))
            return redirect("followup:dashboard", pk)
    context = page(
        request.user,
        roadmap,
        form=form,
        theirs=theirs,
        action=plan_of(roadmap).action(row),
        changes=row.changes.select_related("noted_by").order_by("-changed_on", "-pk"),
    )
    return render(request, "followup/standing.html", context)


@never_cache
@form_page
def communes(request: SignedInRequest, pk: int) -> HttpResponse:
    """In which communes each action takes place."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    offered = list(Asked(roadmap, timezone.localdate()).communes.values())
    form = CommunesForm(
        request.POST or None,
        actions=plan_of(roadmap).at_work,
        communes=offered,
        named=communes_of(roadmap),
    )
    if request.method == "POST" and form.is_valid():
        operations.place_in_communes(roadmap, form.chosen(), by=request.user)
        messages.success(request, _("The communes are kept."))
        return redirect("followup:dashboard", pk)
    context = page(request.user, roadmap, form=form, offered=offered)
    return render(request, "followup/communes.html", context)
