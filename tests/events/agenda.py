"""Events for the tests, prepared and published as a team does."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.events import operations, registering
from jalons.events.models import Event, Registration
from jalons.meetings.models import Meeting
from jalons.spaces.models import Space

_numbers = itertools.count(1)


def make_event(
    space: Space,
    title: str = "",
    *,
    by: User,
    starts_at: datetime | None = None,
    is_published: bool = True,
    kind: str = Meeting.Kind.WEBINAR,
    **fields: object,
) -> Event:
    """An event in ten days, of two hours, in the agenda."""
    starts_at = starts_at or timezone.now() + timedelta(days=10)
    meeting = Meeting(
        space=space,
        kind=kind,
        title=title or f"Webinaire {next(_numbers)}",
        place="En ligne",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )
    event = operations.save_event(Event(**fields), meeting, [], by=by)
    if is_published:
        operations.publish_event(event, by=by)
    return event


def ask_place(event: Event, email: str, name: str = "Sacha") -> Registration:
    """As the form does: the address waits to be confirmed."""
    given = Registration(event=event, email=email, name=name, language="fr")
    registering.register(given)
    found: Registration = event.registrations.get(email=email.lower())
    return found


def come(event: Event, email: str, name: str = "Sacha") -> Registration:
    """Somebody who confirmed by the link of the mail."""
    return registering.confirm(ask_place(event, email, name))


def past(event: Event, days: int = 1) -> Event:
    """The event took place some days ago."""
    starts_at = timezone.now() - timedelta(days=days, hours=2)
    Meeting.objects.filter(pk=event.meeting_id).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )
    Event.objects.filter(pk=event.pk).update(told_starts_at=starts_at)
    found: Event = Event.objects.with_meeting().get(pk=event.pk)
    return found
