"""A place at an event: asked, confirmed by a link, given back, given to who waits.

The event is locked while places are counted, so that the last place is given once.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.events import mailing
from jalons.events.models import ASKED_DAYS, NOTICE_VERSION, Event, Registration
from jalons.mail.bounces import dead_addresses
from jalons.meetings.models import Attendee
from jalons.meetings.operations import note_attendee

State = Registration.State


class Closed(Exception):
    """One no longer registers to this event."""


@transaction.atomic
def register(registration: Registration) -> None:
    """Ask for a place: a mail holds the link that confirms it.

    An address already known receives its link again, once a day at most, and the page
    says the same thing: nobody learns who is registered. Raises Closed.
    """
    event = registration.event
    if not event.is_open(at=timezone.now()):
        raise Closed(event)
    registration.notice_version = NOTICE_VERSION
    registration.kept_until = timezone.localdate() + timedelta(days=ASKED_DAYS)
    kept, _is_new = Registration.objects.get_or_create(
        event=event,
        email=registration.email.lower(),
        defaults={
            name: getattr(registration, name)
            for name in ("name", "structure", "language", "notice_version")
        }
        | {"kept_until": registration.kept_until},
    )
    if kept.email not in dead_addresses():
        about = f"{timezone.localdate():%Y-%m-%d}"
        mailing.write(mailing.REGISTER, kept, event, about=about)


@transaction.atomic
def confirm(registration: Registration) -> Registration:
    """The address is theirs: they have a place, or wait for one. Raises Closed."""
    event = _locked(registration.event)
    registration.refresh_from_db()
    if registration.state != State.ASKED:
        return registration
    if not event.is_open(at=timezone.now()):
        raise Closed(event)
    has_room = _free_places(event) != 0
    registration.state = State.GOING if has_room else State.WAITING
    registration.confirmed_at = timezone.now()
    registration.kept_until = event.last_day_of_names()
    registration.save()
    audit.record("event.registered", event, by=None)
    return registration


@transaction.atomic
def withdraw(registration: Registration, *, by: User | None) -> None:
    """Give a place back: nothing is kept, and whoever waits first has it."""
    event = _locked(registration.event)
    Registration.objects.filter(pk=registration.pk).delete()
    audit.record("event.withdrawn", event, by=by)
    fill_free_places(event)


@transaction.atomic
def fill_free_places(event: Event) -> int:
    """Those who wait longest have the places left, and are told; how many."""
    event = _locked(event)
    if not event.is_open(at=timezone.now()):
        return 0
    waiting = event.registrations.waiting()
    free = _free_places(event)
    freed = list(waiting if free is None else waiting[:free])
    for one in freed:
        one.state = State.GOING
        one.save(update_fields=["state"])
        mailing.write(mailing.PLACE, one, event)
    return len(freed)


@transaction.atomic
def note_present(registration: Registration, *, by: User) -> None:
    """They came: a line of the sheet of the meeting, once."""
    known = Registration.objects.filter(pk=registration.pk, has_come=False)
    if known.update(has_come=True):
        meeting = registration.event.meeting
        note_attendee(Attendee(meeting=meeting, name=registration.name), by=by)
        audit.record("event.present", registration.event, by=by)


def keep_until(event: Event) -> None:
    """Names are kept until ninety days after the event, moved with it."""
    event.registrations.confirmed().update(kept_until=event.last_day_of_names())


def _free_places(event: Event) -> int | None:
    """How many places are left; None when they are not counted."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - event.registrations.going().count())


def _locked(event: Event) -> Event:
    """The event as it is, held until the end of the transaction."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    found: Event = Event.objects.with_meeting().get(pk=event.pk)
    return found
