"""Two doors to a meeting: the space that holds it, and what its invitation says."""

from __future__ import annotations

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.meetings.models import Attendee, Meeting
from jalons.spaces.models import Space

SALT = "jalons.meetings"


def get_meeting(space: Space, pk: int) -> Meeting:
    """A meeting of a space already opened, never of another."""
    found: Meeting = get_object_or_404(
        space.meetings.select_related("space__territory"), pk=pk
    )
    return found


def get_attendee(meeting: Meeting, pk: int) -> Attendee:
    """A line of the sheet of a meeting already opened."""
    found: Attendee = get_object_or_404(
        meeting.attendees.select_related("meeting"), pk=pk
    )
    return found


def secret_of(meeting: Meeting) -> str:
    """What opens the page of those invited: nobody finds it by counting."""
    return signing.dumps(meeting.pk, salt=SALT)


def find_meeting(secret: str) -> Meeting:
    """The meeting that an invitation speaks of; a 404 for any other word."""
    try:
        pk = signing.loads(secret, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    found: Meeting = get_object_or_404(Meeting.objects.select_related("space"), pk=pk)
    return found
