"""What happened after a number, read from the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import close_old_connections, connection

from jalons.live.models import Event
from jalons.live.operations import last_number

MOST_AT_ONCE = 500
"""Somebody further behind is told to take the whole state again."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as it is sent."""

    number: int
    kind: str
    audiences: str
    payload: dict[str, object]

    def is_for(self, audience: str) -> bool:
        return f" {audience} " in self.audiences


@dataclass(frozen=True, slots=True)
class Catching:
    """What somebody missed; `must_reload` when it cannot be told event by event."""

    events: Sequence[Happened]
    number: int
    must_reload: bool = False


def events_after(channel: str, number: int) -> list[Happened]:
    """The events that follow a number, in their order."""
    found = Event.objects.filter(channel__name=channel, number__gt=number)
    lines = found.order_by("number").values_list(
        "number", "kind", "audiences", "payload"
    )
    return [Happened(*line) for line in lines[:MOST_AT_ONCE]]


def heard(channel: str, after: int, quiet: Sequence[str]) -> tuple[int, int]:
    """The last number, and that of the last event after one that is not `quiet`.

    The second is 0 when there is none; one statement, for what is asked at each vote.
    """
    marks = ", ".join(["%s"] * len(quiet))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.last_number, (SELECT MAX(e.number) FROM live_event e"
            " WHERE e.channel_id = c.id AND e.number > %s"
            f" AND e.kind NOT IN ({marks})) FROM live_channel c WHERE c.name = %s",
            [after, *quiet, channel],
        )
        last, told = cursor.fetchone() or (0, 0)
    return last, told or 0


def catch_up(channel: str, number: int) -> Catching:
    """What to tell somebody who knows everything up to `number`.

    A number that the channel has not reached comes from a site that was restored.
    """
    last = last_number(channel)
    if not 0 <= last - number <= MOST_AT_ONCE:
        return Catching([], last, must_reload=True)
    events = events_after(channel, number) if number < last else []
    return Catching(events, events[-1].number if events else number)


def read_apart(channel: str, number: int) -> list[Happened]:
    """`events_after` for a thread of the stream, which keeps no stale connection.

    That of PostgreSQL goes back to its pool; the file of SQLite stays open.
    """
    close_old_connections()
    try:
        return events_after(channel, number)
    finally:
        close_old_connections()


def catch_up_apart(channel: str, number: int) -> Catching:
    close_old_connections()
    try:
        return catch_up(channel, number)
    finally:
        close_old_connections()


def number_apart(channel: str) -> int:
    close_old_connections()
    try:
        return last_number(channel)
    finally:
        close_old_connections()
