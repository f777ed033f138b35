"""The team's side: a workshop prepared, steered, projected, and what it gave."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.meetings.access import get_meeting
from jalons.spaces.access import Right, get_space, right_in
from jalons.workshops import access, figures, operations, screens, steering
from jalons.workshops.definitions import read_kinds, read_run_sheets
from jalons.workshops.forms import ActivityForm, SheetForm
from jalons.workshops.models import Activity, Workshop
from jalons.workshops.qr import qr_code

HAVE_VOTED = gettext_lazy(
    "People have voted: this form no longer changes. Add another activity."
)


def join_address(workshop: Workshop) -> str:
    return settings.SITE_URL + reverse("workshops:join", args=[workshop.code])


@never_cache
@form_page
def prepare(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Give a meeting its run-sheet; the console once it has one."""
    space = get_space(request.user, space_pk, Right.EDIT)
    meeting = get_meeting(space, pk)
    known = Workshop.objects.filter(meeting=meeting).first()
    if known is not None:
        return redirect("workshops:console", space_pk, known.pk)
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sheet = read_run_sheets()[form.cleaned_data["sheet"]]
        workshop = operations.prepare_workshop(meeting, sheet, by=request.user)
        return redirect("workshops:console", space_pk, workshop.pk)
    context = {"space": space, "meeting": meeting, "form": form}
    return render(request, "workshops/prepare.html", context)


@require_safe
@never_cache
def console(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """What is played, what comes, how many answered, and every button."""
    space = get_space(request.user, space_pk, Right.READ)
    workshop = access.get_workshop(space, pk)
    can_edit = right_in(request.user, space, Right.EDIT)
    board = screens.board_of(workshop, is_team=can_edit)
    context = {
        "space": space,
        "workshop": workshop,
        "activities": workshop.activities.all(),
        "board": board,
        "following": screens.following(board.activity),
        "address": join_address(workshop),
        "can_edit": can_edit,
        "lacking": () if workshop.opened_at else screens.lacking(workshop),
    }
    return render(request, "workshops/console.html", context)


@require_POST
def steer(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """One button of the console."""
    space = get_space(request.user, space_pk, Right.EDIT)
    workshop = access.get_workshop(space, pk)
    try:
        steering.steer(workshop, request.POST, by=request.user)
    except operations.NotThere:
        messages.warning(request, _("Nothing changed: this does not exist here."))
    except operations.HasContributions:
        said = _("This activity stays: people contributed to it. Skip it instead.")
        messages.warning(request, said)
    except operations.IsInMinutes:
        said = _("This activity stays: the minutes tell of it. Empty its text first.")
        messages.warning(request, said)
    return redirect("workshops:console", space_pk, pk)


@require_safe
@never_cache
def stage(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """What the projector shows: nothing that the room may not see yet."""
    space = get_space(request.user, space_pk, Right.READ)
    workshop = access.get_workshop(space, pk)
    address = join_address(workshop)
    context = {
        "space": space,
        "workshop": workshop,
        "board": screens.board_of(workshop, is_team=False),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr_code": qr_code(address),
    }
    return render(request, "workshops/stage.html", context)


@never_cache
@form_page
def add_activity(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The kind first, then what this kind asks."""
    space = get_space(request.user, space_pk, Right.EDIT)
    workshop = access.get_workshop(space, pk)
    kind = (request.POST or request.GET).get("kind", "")
    context = {"space": space, "workshop": workshop, "kinds": read_kinds()}
    if kind not in read_kinds():
        return render(request, "workshops/kinds.html", context)
    activity = Activity(workshop=workshop, kind=kind)
    form = ActivityForm(request.POST or None, instance=activity)
    if request.method == "POST" and form.is_valid():
        options = form.cleaned_data.get("options", [])
        activity = form.save(commit=False)
        operations.save_activity(activity, options, by=request.user)
        messages.success(request, _("The activity is added at the end."))
        return redirect("workshops:console", space_pk, pk)
    context |= {"form": form, "kind": read_kinds()[kind]}
    return render(request, "workshops/activity.html", context)


@never_cache
@form_page
def edit_activity(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    workshop = access.get_workshop(space, pk)
    activity = access.get_activity(workshop, activity_pk)
    form = ActivityForm(request.POST or None, instance=activity)
    if request.method == "POST" and form.is_valid():
        options = form.cleaned_data.get("options", [])
        try:
            operations.save_activity(form.save(commit=False), options, by=request.user)
        except operations.HasContributions:
            form.add_error("form", HAVE_VOTED)
        else:
            messages.success(request, _("The activity is changed."))
            return redirect("workshops:console", space_pk, pk)
    context = {"space": space, "workshop": workshop, "form": form}
    context["activity"] = activity
    return render(request, "workshops/activity.html", context)


@never_cache
@form_page
def wall(
    request: SignedInRequest, space_pk: int, pk: int, activity_pk: int
) -> HttpResponse:
    """The ideas of a wall: set aside, merged, split, with their authors."""
    right = Right.EDIT if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    workshop = access.get_workshop(space, pk)
    activity = access.get_activity(workshop, activity_pk)
    if request.method == "POST":
        try:
            steering.moderate(activity, request.POST, by=request.user)
        except operations.NotThere:
            messages.warning(request, _("Nothing changed: this does not exist here."))
        return redirect("workshops:wall", space_pk, pk, activity_pk)
    can_edit = right_in(request.user, space, Right.EDIT)
    is_shown = can_edit or activity.results_shown
    aside = activity.items.exclude(set_aside_at=None).filter(withdrawn_at=None)
    context = {
        "space": space,
        "workshop": workshop,
        "activity": activity,
        "is_shown": is_shown,
        "ideas": figures.ideas_of(activity) if is_shown else (),
        "aside": aside if can_edit else (),
        "can_edit": can_edit,
    }
    return render(request, "workshops/wall.html", context)
