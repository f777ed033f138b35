"""The table of key workstreams for the team: read whole, written cell by cell."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space
from jalons.workshops import access, screens, writing
from jalons.workshops.marks import read_idea
from jalons.workshops.models import Activity, Workshop
from jalons.workshops.receiving import keep_cell
from jalons.workshops.refused import Refused
from jalons.workshops.stakes import StakesForm, criticals_of, hand_stakes
from jalons.workshops.worktable import table_of


@never_cache
@form_page
def workstreams(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int
) -> HttpResponse:
    """The seven columns; a workstream is added, a stake worded again."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    activity = _find(access.get_workshop(space, pk), activity_pk)
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _change(request, activity))
        except Refused as refused:
            problem = refused.reason
        else:
            return redirect("workshops:workstreams", space_pk, pk, activity_pk)
    context = _page(request, space, activity) | {"problem": problem}
    status = 400 if problem else 200
    return render(request, "workshops/workstreams.html", context, status=status)


@never_cache
@form_page
def workstream(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int, item_pk: int
) -> HttpResponse:
    """One workstream, cell by cell, with the wordings that wait."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    activity = _find(access.get_workshop(space, pk), activity_pk)
    item = access.get_workstream(activity, item_pk)
    problem, status = "", 200
    if request.method == "POST":
        try:
            messages.success(
                request, keep_cell(activity, request.POST, by=request.user)
            )
        except Refused as refused:
            problem, status = refused.reason, 400
        else:
            return redirect("workshops:workstream", space_pk, pk, activity_pk, item_pk)
    context = _page(request, space, activity)
    context["workstream"] = context["table"].find(item)
    if context["workstream"] is None:
        raise Http404
    context |= {"problem": problem, "sent": request.POST, "item": item}
    return render(request, "workshops/workstream.html", context, status=status)


@never_cache
@form_page
def stakes(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int
) -> HttpResponse:
    """Items of the matrix worded as stakes, for the key workstreams."""
    space = get_space(request.user, space_pk, Right.EDIT)
    workshop = access.get_workshop(space, pk)
    matrix = access.get_activity(workshop, activity_pk)
    if matrix.kind != "matrix":
        raise Http404
    matrix.workshop = workshop
    criticals = criticals_of(matrix)
    form = StakesForm(request.POST or None, criticals=criticals)
    if request.method == "POST" and form.is_valid():
        if not form.stakes():
            messages.warning(request, _("Nothing is worded: no stake is handed."))
            return redirect("workshops:stakes", space_pk, pk, activity_pk)
        table = hand_stakes(matrix, form.stakes(), by=request.user)
        messages.success(request, _("The stakes are in the table: add workstreams."))
        return redirect("workshops:workstreams", space_pk, pk, table.pk)
    context = {"space": space, "workshop": workshop, "activity": matrix, "form": form}
    context["handed"] = [one for one in criticals if one.stake]
    return render(request, "workshops/stakes.html", context)


def _find(workshop: Workshop, activity_pk: int) -> Activity:
    """A table of key workstreams; a 404 for any other activity."""
    activity = access.get_activity(workshop, activity_pk)
    if activity.kind != "workstreams":
        raise Http404
    activity.workshop = workshop
    return activity


def _change(request: SignedInRequest, activity: Activity) -> str:
    """Add a workstream, or word a stake again. Raises Refused, Http404."""
    post = request.POST
    if post.get("act") == "restore":
        item = access.get_workstream(activity, post.get("item"))
        writing.restore_workstream(item, by=request.user)
        return _("The workstream is back in the table.")
    if post.get("act") != "stake":
        return keep_cell(activity, post, by=request.user)
    stake = access.get_stake(activity, post.get("item"))
    writing.reword_stake(stake, read_idea(post), by=request.user)
    return _("The stake is worded again.")


def _page(request: SignedInRequest, space: Space, activity: Activity) -> dict[str, Any]:
    workshop = activity.workshop
    return {
        "space": space,
        "workshop": workshop,
        "activity": activity,
        "listening": screens.listening_of(workshop, "team"),
        "table": table_of(
            activity,
            has_grades=activity.results_shown
            or access.sees_hidden(request.user, space),
        ),
        "withdrawn": activity.items.exclude(stake=None).exclude(set_aside_at=None),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
