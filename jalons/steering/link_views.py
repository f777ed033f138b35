"""What a calendar program reads, and what a link given by mail stops."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from jalons.actors.pages import form_page, hand_out
from jalons.documents.calendar import CONTENT_TYPE
from jalons.roadmaps.figures import plan_of
from jalons.steering import access, calendars, operations


@require_safe
@login_not_required
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of a roadmap, for whoever holds the address."""
    roadmap = access.find_feed(secret, timezone.now()).roadmap
    content = calendars.calendar_of(plan_of(roadmap))
    return hand_out(content, CONTENT_TYPE, roadmap.title, "ics")


@csrf_exempt  # a mailbox posts here in one click, without our cookie (RFC 8058)
@login_not_required
@never_cache
@form_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the reminders without signing in; opening the page stops nothing."""
    reminder = access.find_reminder(token)
    is_done = request.method == "POST"
    if is_done:
        operations.stop_reminder(reminder)
    context = {"space": reminder.membership.space, "is_done": is_done}
    return render(request, "steering/stop.html", context)
