"""The mails of an event: each once for one person and one reason.

The outbox refuses the same reason, address and period twice. The period holds the
number of the registration: whoever gave a place back and registers again is written
to again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from jalons.events.models import Event, Registration
from jalons.events.secrets import address_of
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses

REGISTER, PLACE = "event-register", "event-place"
MOVED, CANCELLED, NEXT = "event-moved", "event-cancelled", "event-next"
REMINDER, AFTER = "event-reminder", "event-after"
REMINDED_AHEAD = timedelta(hours=36)
"""Run once a day, each event is reminded of the day before."""
AFTER_DAYS = timedelta(days=14)
"""Later, an opinion is no longer asked."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many reminders, and how many mails after an event."""

    reminders: int
    after: int


def write(
    reason: str,
    registration: Registration,
    event: Event,
    *,
    about: str = "",
    of: Event | None = None,
    more: Mapping[str, object] | None = None,
) -> bool:
    """One mail, in the language of the person; whether it is new."""
    if registration.email in dead_addresses():
        return False
    period = f"{event.pk}-{registration.pk}"
    if about:
        period += f"-{sha256(about.encode()).hexdigest()[:12]}"
    path = reverse("events:show", args=[event.pk])
    context = {
        "event": of or event,
        "meeting": (of or event).meeting,
        "registration": registration,
        "mine": address_of(registration),
        "rate": address_of(registration, "rate"),
        "page": settings.SITE_URL + path,
        **(more or {}),
    }
    language = registration.language or settings.LANGUAGE_CODE
    queued = mail.queue(
        reason, registration.email, period=period, context=context, language=language
    )
    return queued is not None


@transaction.atomic
def send_due(at: datetime, *, dry_run: bool) -> Sent:
    """Remind of what comes, and ask what people thought of what took place."""
    published = Event.objects.filter(state=Event.State.PUBLISHED)
    coming = published.filter(
        meeting__starts_at__gt=at, meeting__starts_at__lte=at + REMINDED_AHEAD
    )
    past = published.filter(
        meeting__ends_at__lt=at, meeting__ends_at__gte=at - AFTER_DAYS
    )
    sent = Sent(_to_all(REMINDER, coming), _to_all(AFTER, past))
    transaction.set_rollback(dry_run)
    return sent


def _to_all(reason: str, events) -> int:
    going = Registration.objects.going().filter(event__in=events)
    known = going.select_related("event__meeting__space").order_by("pk")
    return sum(write(reason, one, one.event) for one in known)
