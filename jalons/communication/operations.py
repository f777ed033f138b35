from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.communication.models import Announcement
from jalons.roadmaps.operations import claim, note


@transaction.atomic
def add_announcement(
    announcement: Announcement, actors: Iterable[Actor], *, by: User
) -> Announcement:
    """Write what is planned, or what was done already."""
    _keep(announcement, actors, by)
    note("announcement.planned", announcement, announcement.roadmap, by)
    return announcement


@transaction.atomic
def save_announcement(
    announcement: Announcement, actors: Iterable[Actor], *, version: int, by: User
) -> None:
    """Keep a line as it was changed from this version: done, and what came of it.

    Raises ChangedMeanwhile.
    """
    claim(announcement, version)
    _keep(announcement, actors, by)
    note("announcement.changed", announcement, announcement.roadmap, by)


@transaction.atomic
def remove_announcement(announcement: Announcement, *, by: User) -> None:
    """Take a line off the plan, or off the log when it was written by mistake."""
    note("announcement.removed", announcement, announcement.roadmap, by)
    announcement.delete()


def _keep(announcement: Announcement, actors: Iterable[Actor], by: User) -> None:
    announcement.written_by = by
    announcement.save()
    announcement.actors.set(actors)
