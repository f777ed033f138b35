"""What a calendar program reads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.actors.pages import hand_out
from jalons.documents.calendar import CONTENT_TYPE
from jalons.roadmaps.figures import plan_of
from jalons.steering import access, calendars


@require_safe
@login_not_required
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of a roadmap, for whoever holds the address."""
    roadmap = access.find_feed(secret, timezone.now()).roadmap
    content = calendars.calendar_of(plan_of(roadmap))
    return hand_out(content, CONTENT_TYPE, roadmap.title, "ics")
