from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.audit import operations as audit
from jalons.communication.models import Announcement


@transaction.atomic
def save_announcement(
    announcement: Announcement, actors: Iterable[Actor], *, by: User
) -> Announcement:
    """Write what is planned, or what changed in it: done, and what came of it."""
    is_new = announcement.pk is None
    announcement.written_by = by
    announcement.save()
    announcement.actors.set(actors)
    _note(
        "announcement.planned" if is_new else "announcement.changed", announcement, by
    )
    return announcement


@transaction.atomic
def remove_announcement(announcement: Announcement, *, by: User) -> None:
    """Take a line off the plan, or off the log when it was written by mistake."""
    _note("announcement.removed", announcement, by)
    announcement.delete()


def _note(verb: str, announcement: Announcement, by: User) -> None:
    roadmap = announcement.roadmap
    details = {"roadmap": roadmap.pk}
    audit.record(verb, announcement, by=by, space_id=roadmap.space_id, details=details)
