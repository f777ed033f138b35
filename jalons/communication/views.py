"""What is made known of a roadmap: the plan, the log, who was told of what."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.communication import access, exports, operations
from jalons.communication.figures import diary_of, reached_by
from jalons.communication.forms import AnnouncementForm
from jalons.communication.models import Announcement
from jalons.files.exports import stream_csv
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right

MOST_LINES = 12
"""Of the plan and of the log, unless the whole is asked for."""


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is planned, what was done, and what may be printed."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    coming = roadmap.space.meetings.filter(ends_at__gte=timezone.now())
    diary = diary_of(roadmap)
    most = None if "tout" in request.GET else MOST_LINES
    context = page(
        request.user,
        roadmap,
        diary=diary,
        plan=diary.plan[:most],
        log=diary.log[:most],
        meetings=coming.order_by("starts_at"),
        chosen=request.GET.get("rencontre", ""),
    )
    return render(request, "communication/show.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    form = AnnouncementForm(request.POST or None, roadmap=roadmap)
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        operations.add_announcement(row, form.cleaned_data["actors"], by=request.user)
        messages.success(request, _("It is in the plan."))
        return redirect("communication:show", pk)
    context = page(request.user, roadmap, form=form)
    return render(request, "communication/add.html", context)


@never_cache
@form_page
def change(request: SignedInRequest, pk: int, announcement_pk: int) -> HttpResponse:
    """A line changed: another day, or done, and what came of it."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row: Announcement = access.get_announcement(roadmap, announcement_pk)
    form = AnnouncementForm(request.POST or None, instance=row, roadmap=roadmap)
    theirs = []
    if request.method == "POST" and form.is_valid():
        actors = form.cleaned_data["actors"]
        theirs = keep(
            form,
            lambda version: operations.save_announcement(
                row, actors, version=version, by=request.user
            ),
            lambda stored: AnnouncementForm(instance=stored, roadmap=roadmap),
        )
        if not theirs:
            messages.success(request, _("The line is kept."))
            return redirect("communication:show", pk)
    context = page(request.user, roadmap, form=form, theirs=theirs, announcement=row)
    return render(request, "communication/change.html", context)


@require_POST
def remove(request: SignedInRequest, pk: int, announcement_pk: int) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    row = access.get_announcement(roadmap, announcement_pk)
    operations.remove_announcement(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("communication:show", pk)


@require_safe
@never_cache
def told(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which actors were told of what and when, and those whom nothing reached."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    context = page(request.user, roadmap, reached=reached_by(roadmap))
    return render(request, "communication/told.html", context)


@require_safe
def export_csv(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The plan and the log, one line each, for a spreadsheet."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    return stream_csv(
        f"{_('communication')}-{pk}.csv",
        exports.header(),
        exports.lines_of(diary_of(roadmap)),
        is_simulated=roadmap.is_simulated,
    )
