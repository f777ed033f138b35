from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.meetings import access
from jalons.meetings.figures import reachable
from jalons.meetings.models import Attendee, Meeting


class AlreadyOver(Exception):
    """Nobody is invited to a meeting that took place."""


@transaction.atomic
def save_meeting(
    meeting: Meeting, facilitators: Iterable[User], *, by: User
) -> Meeting:
    """Write a new meeting, or what changed in it."""
    is_new = meeting.pk is None
    meeting.names_kept_until = meeting.last_day_of_names()
    if is_new:
        meeting.added_by = by
    meeting.save()
    meeting.facilitators.set(facilitators)
    if is_new:
        audit.record("meeting.added", meeting, by=by)
    else:
        audit.record("meeting.changed", meeting, by=by)
    return meeting


@transaction.atomic
def choose_guests(meeting: Meeting, guests: Iterable[Actor], *, by: User) -> None:
    """The actors invited, those that were and no longer are included."""
    meeting.guests.set(guests)
    details = {"count": meeting.guests.count()}
    audit.record("meeting.guests", meeting, by=by, details=details)


@transaction.atomic
def send_invitations(meeting: Meeting, *, by: User) -> int:
    """A mail to each person known of the actors invited, once; how many left.

    Raises AlreadyOver.
    """
    if meeting.is_over(at=timezone.now()):
        raise AlreadyOver(meeting)
    path = reverse("meetings:announced", args=[access.secret_of(meeting)])
    context = {"meeting": meeting, "url": settings.SITE_URL + path}
    sent = [
        mail.queue(
            "meeting-invitation",
            one.email,
            period=str(meeting.pk),
            context=context,
        )
        for one in reachable(meeting)
    ]
    count = sum(one is not None for one in sent)
    details = {"count": count}
    audit.record("meeting.invited", meeting, by=by, details=details)
    return count


@transaction.atomic
def note_attendee(attendee: Attendee, *, by: User) -> Attendee:
    """Somebody took part; their family is that of their organisation."""
    if attendee.actor:
        attendee.family = attendee.actor.family
    attendee.save()
    space_id = attendee.meeting.space_id
    audit.record("meeting.attended", attendee, by=by, space_id=space_id)
    return attendee


@transaction.atomic
def remove_attendee(attendee: Attendee, *, by: User) -> None:
    """A line noted by mistake, or that the person asks to be removed."""
    space_id = attendee.meeting.space_id
    audit.record("meeting.unattended", attendee, by=by, space_id=space_id)
    attendee.delete()
