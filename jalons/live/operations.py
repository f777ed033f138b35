"""Ordered events, written in the transaction of whoever makes them.

    live.tell("workshop-12", "vote", to=("stage", "team"), payload={"activity": 4})

imported as ``from jalons.live import operations as live``. Rolled back, the event never
was and its number is given to the next one. The stream (`stream`) reads the table; on
PostgreSQL a notification wakes it, and carries nothing but the name of the channel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from django.db.models import F

from jalons.live.models import Channel, Event

WAKING = "jalons_live"
"""The name under which PostgreSQL wakes the processes that stream."""
KEPT_EVENTS = 1000
"""Past so many, events are erased: whoever is that late takes the whole state again."""


@transaction.atomic(savepoint=False)
def tell(
    name: str,
    kind: str,
    *,
    to: Iterable[str],
    payload: Mapping[str, object] | None = None,
) -> int:
    """Write one event at the end of a channel; its number."""
    channel = _next(name)
    Event.objects.create(
        channel=channel,
        number=channel.last_number,
        kind=kind,
        audiences=f" {' '.join(sorted(to))} ",
        payload=dict(payload or {}),
    )
    if channel.last_number % KEPT_EVENTS == 0:
        oldest = channel.last_number - KEPT_EVENTS
        channel.events.filter(number__lte=oldest).delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [WAKING, name])
    return channel.last_number


def _next(name: str) -> Channel:
    """The channel at its next number, held until the end of the transaction."""
    one = Channel.objects.filter(name=name)
    if not one.update(last_number=F("last_number") + 1):
        Channel.objects.get_or_create(name=name)
        one.update(last_number=F("last_number") + 1)
    return one.get()


def last_number(name: str) -> int:
    """The number to which a page is true; 0 before anything happened."""
    found = Channel.objects.filter(name=name).values_list("last_number", flat=True)
    return found.first() or 0
