"""What a roadmap makes known is reached through the roadmap."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.communication.models import Announcement
from jalons.live.access import read_number
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Roadmap


def get_announcement(roadmap: Roadmap, pk: int) -> Announcement:
    """A line of a roadmap already opened, never of another one."""
    found: Announcement = get_object_or_404(
        roadmap.announcements.select_related("roadmap", "meeting"), pk=pk
    )
    return found


def get_meeting(roadmap: Roadmap, pk: str | None) -> Meeting:
    """A meeting of the space of a roadmap already opened, never of another."""
    found: Meeting = get_object_or_404(
        roadmap.space.meetings.select_related("space__territory"), pk=read_number(pk)
    )
    return found
