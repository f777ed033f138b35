"""Ordered events, written in the transaction of whoever makes them.

    live.tell("workshop-12", "vote", to=("stage", "team"), payload={"activity": 4})

imported as ``from jalons.live import operations as live``. Rolled back, the event never
was and its number is given to the next one. The stream (`stream`) reads the table; a
notification of PostgreSQL, or the process itself (`waking`), wakes it, and carries
nothing but the name of the channel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from django.db import connection, transaction

from jalons.live import waking
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
    times: int = 1,
) -> int:
    """Write one event at the end of a channel; its number.

    The same thing that happened several times at once (`times`) is as many events.
    """
    channel, number = _next(name, times)
    audiences = f" {' '.join(sorted(to))} "
    Event.objects.bulk_create(
        Event(
            channel_id=channel,
            number=each,
            kind=kind,
            audiences=audiences,
            payload=dict(payload or {}),
        )
        for each in range(number - times + 1, number + 1)
    )
    if number % KEPT_EVENTS < times:
        old = Event.objects.filter(channel=channel, number__lte=number - KEPT_EVENTS)
        old.delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [WAKING, name])
    else:
        transaction.on_commit(partial(waking.wake, name))
    return number


def _next(name: str, times: int) -> tuple[int, int]:
    """The channel and its new number, held until the end of the transaction."""
    found = _advance(name, times)
    if found is None:
        Channel.objects.get_or_create(name=name)
        found = _advance(name, times)
    assert found is not None
    return found


def _advance(name: str, times: int) -> tuple[int, int] | None:
    """One statement where Django would take two, at every vote of a room."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE live_channel SET last_number = last_number + %s"
            " WHERE name = %s RETURNING id, last_number",
            [times, name],
        )
        found: tuple[int, int] | None = cursor.fetchone()
    return found


def last_number(name: str) -> int:
    """The number to which a page is true; 0 before anything happened."""
    found = Channel.objects.filter(name=name).values_list("last_number", flat=True)
    return found.first() or 0
