"""What the link of somebody registered opens, without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.actors.pages import form_page, hand_out
from jalons.documents.calendar import CONTENT_TYPE as CALENDAR
from jalons.events import access, documents, operations, registering
from jalons.events.forms import RatingForm


@login_not_required
@never_cache
@form_page
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """One's own place: confirmed or given back; opening the page decides nothing."""
    registration = access.find_registration(token)
    event = registration.event
    context: dict[str, object] = {"event": event, "meeting": event.meeting}
    if request.method == "POST" and "annuler" in request.POST:
        registering.withdraw(registration, by=None)
        return render(request, "events/given_back.html", context)
    if request.method == "POST":
        try:
            registering.confirm(registration)
        except registering.Closed:
            messages.error(request, _("One no longer registers to this event."))
        return redirect("events:mine", token)
    now = timezone.now()
    context |= {
        "registration": registration,
        "token": token,
        "is_over": event.is_over(at=now),
        "is_open": event.is_open(at=now),
        "notice": documents.notice_of(event),
        "workshop": getattr(event.meeting, "workshop", None),
    }
    return render(request, "events/mine.html", context)


@require_safe
@login_not_required
def appointment(request: HttpRequest, token: str) -> HttpResponse:
    """The event for a calendar program, with the link of the video."""
    registration = access.find_registration(token)
    content = documents.own_calendar(registration)
    return hand_out(content, CALENDAR, registration.event.meeting.title, "ics")


@login_not_required
@never_cache
@form_page
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody who had a place thought of it; once, tied to nobody."""
    registration = access.find_registration(token)
    form = RatingForm(request.POST or None)
    is_over = registration.event.is_over(at=timezone.now())
    may_rate = is_over and registration.is_going
    if request.method == "POST" and may_rate and form.is_valid():
        try:
            operations.rate_event(registration, form.save(commit=False))
        except operations.AlreadyRated:
            messages.info(request, _("Your opinion was already given: thank you."))
        return redirect("events:rate", token)
    context = {
        "event": registration.event,
        "registration": registration,
        "form": form,
        "may_rate": may_rate,
    }
    return render(request, "events/rate.html", context)
