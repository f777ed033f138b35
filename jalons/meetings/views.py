"""The meetings of a space: noted, prepared, and who came."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.documents.board import make_board
from jalons.documents.calendar import CONTENT_TYPE as CALENDAR
from jalons.meetings import access, documents, figures, operations
from jalons.meetings.forms import AttendeeForm, GuestsForm, MeetingForm
from jalons.meetings.models import Meeting
from jalons.spaces.access import Right, get_space, right_in


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    found = space.meetings.order_by("-starts_at", "-pk")
    now = timezone.now()
    context = {
        "space": space,
        "coming": [one for one in found if not one.is_over(at=now)][::-1],
        "past": [one for one in found if one.is_over(at=now)],
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "meetings/list.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    # What is most often so is filled in; it is changed as easily as it is read.
    usual = {"kind": Meeting.Kind.WORKSHOP, "facilitators": [request.user]}
    form = MeetingForm(request.POST or None, space=space, initial=usual)
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["facilitators"]
        meeting = form.save(commit=False)
        operations.save_meeting(meeting, people, by=request.user)
        messages.success(request, _("The meeting is noted. Whom do you invite?"))
        return redirect("meetings:guests", space_pk, meeting.pk)
    return render(request, "meetings/add.html", {"space": space, "form": form})


@require_safe
@never_cache
def show(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A meeting: when, where, who is invited, who is missing, who came."""
    space = get_space(request.user, space_pk, Right.READ)
    meeting = access.get_meeting(space, pk)
    context = {
        "space": space,
        "meeting": meeting,
        "found": figures.diversity_of(meeting),
        "presence": figures.presence_of(meeting),
        "notice": documents.notice_of(meeting),
        "reachable": len(figures.reachable(meeting)),
        "is_over": meeting.is_over(at=timezone.now()),
        "can_edit": right_in(request.user, space, Right.EDIT),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
    }
    return render(request, "meetings/show.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    meeting = access.get_meeting(space, pk)
    form = MeetingForm(request.POST or None, instance=meeting, space=space)
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["facilitators"]
        operations.save_meeting(form.save(commit=False), people, by=request.user)
        messages.success(request, _("The meeting is changed."))
        return redirect("meetings:show", space_pk, pk)
    context = {"space": space, "form": form, "meeting": meeting}
    return render(request, "meetings/edit.html", context)


@never_cache
@form_page
def guests(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Which actors of the table are invited, and which families nobody is of."""
    space = get_space(request.user, space_pk, Right.EDIT)
    meeting = access.get_meeting(space, pk)
    form = GuestsForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["guests"]
        operations.choose_guests(meeting, chosen, by=request.user)
        if chosen:
            messages.success(request, _("The list of those invited is kept."))
        else:
            messages.warning(request, _("Nobody is on the list of those invited."))
        return redirect("meetings:show", space_pk, pk)
    context = {"space": space, "meeting": meeting, "form": form}
    return render(request, "meetings/guests.html", context)


@require_POST
def invite(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    meeting = access.get_meeting(space, pk)
    try:
        count = operations.send_invitations(meeting, by=request.user)
    except operations.AlreadyOver:
        messages.warning(request, _("Nothing was sent: the meeting is over."))
    else:
        said = ngettext(
            "%(n)s invitation leaves. Nobody receives it twice.",
            "%(n)s invitations leave. Nobody receives it twice.",
            count,
        )
        messages.success(request, said % {"n": count})
    return redirect("meetings:show", space_pk, pk)


@never_cache
@form_page
def attend(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Note somebody who is there."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    meeting = access.get_meeting(space, pk)
    form = AttendeeForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        operations.note_attendee(form.save(commit=False), by=request.user)
        messages.success(request, _("Noted. Somebody else?"))
        return redirect("meetings:attend", space_pk, pk)
    context = {
        "space": space,
        "meeting": meeting,
        "form": form,
        "presence": figures.presence_of(meeting),
    }
    return render(request, "meetings/attend.html", context)


@require_POST
def remove(
    request: SignedInRequest, space_pk: int, pk: int, attendee_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    meeting = access.get_meeting(space, pk)
    attendee = access.get_attendee(meeting, attendee_pk)
    operations.remove_attendee(attendee, by=request.user)
    messages.success(request, _("The line is removed."))
    return redirect("meetings:attend", space_pk, pk)


@require_safe
def sheet(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The attendance sheet, to be printed and signed."""
    space = get_space(request.user, space_pk, Right.READ)
    meeting = access.get_meeting(space, pk)
    content = make_board(documents.attendance_of(meeting))
    name = f"{_('Attendance sheet')} {meeting.title}"
    return hand_out(content, "application/pdf", name, "pdf")


@require_safe
def appointment(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The meeting, for a calendar program."""
    space = get_space(request.user, space_pk, Right.READ)
    meeting = access.get_meeting(space, pk)
    return hand_out(documents.calendar_of(meeting), CALENDAR, meeting.title, "ics")


@require_safe
@never_cache
@login_not_required
def announced(request: HttpRequest, secret: str) -> HttpResponse:
    """What somebody invited reads: when, where, what for, what is kept of them."""
    meeting = access.find_meeting(secret)
    context = {
        "meeting": meeting,
        "secret": secret,
        "notice": documents.notice_of(meeting),
    }
    return render(request, "meetings/announced.html", context)


@require_safe
@login_not_required
def announced_appointment(request: HttpRequest, secret: str) -> HttpResponse:
    """The same appointment, for those invited."""
    meeting = access.find_meeting(secret)
    return hand_out(documents.calendar_of(meeting), CALENDAR, meeting.title, "ics")
