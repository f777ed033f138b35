"""What the telephones of a room have in common, read once for all of them.

Nothing of it changes while people only vote. So a telephone asks the database one
thing, which event came last and whether it was anything but a vote or an arrival; the
room is read again when it was, and twice a second for what no event tells. Nothing here
says what may be kept: who writes reads the room again, and holds it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

from django.conf import settings

from jalons.live.reading import heard
from jalons.workshops.definitions import written_kinds
from jalons.workshops.models import Activity, Item, Workshop
from jalons.workshops.plenary import Side, sides_of

QUIET = ("vote", "joined")
"""Events after which a telephone shows the same, but for what its own person did."""
FULL = ("meeting__space__territory", "current")
"""What is read with a workshop, by all its pages."""
MOST = 64
"""Rooms known at once by a process."""


@dataclass(frozen=True, slots=True)
class Known:
    """A room as it is after event `number`; `told` is that of its last real change."""

    number: int
    told: int
    read_at: float
    workshop: Workshop
    items: Sequence[Item]
    sides: Sequence[Side]
    # Who wrote something, in any activity: the others have nothing of theirs to read.
    writers: frozenset[int | None]

    def own_workshop(self) -> Workshop:
        """For one request, which may change what it holds."""
        workshop = copy(self.workshop)
        if workshop.current is not None:
            workshop.current = copy(workshop.current)
            workshop.current.workshop = workshop
            workshop.current.offered = self.items
        return workshop


_kept: dict[int, Known] = {}


def room_of(pk: int) -> Known:
    """A room as it is now."""
    found = _kept.get(pk)
    number, told = heard(Workshop(pk=pk).channel, found.number if found else 0, QUIET)
    if found is None or told or not _is_young(found, number):
        found = _read(pk, number, told or (found.told if found else number))
    else:
        found = replace(found, number=number)
    if settings.GLIMPSE_SECONDS:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[pk] = found
    return found


def _is_young(found: Known, number: int) -> bool:
    """A number that goes back is that of a site that was restored."""
    age = time.monotonic() - found.read_at
    return age < settings.GLIMPSE_SECONDS and number >= found.number


def _read(pk: int, number: int, told: int) -> Known:
    read_at = time.monotonic()
    workshop = Workshop.objects.select_related(*FULL).get(pk=pk)
    activity = workshop.current
    wrote = Item.objects.filter(
        activity__workshop=pk, activity__kind__in=written_kinds()
    )
    return Known(
        number,
        told,
        read_at,
        workshop,
        _offered(activity) if activity and workshop.opened_at else [],
        sides_of(workshop, activity if workshop.opened_at else None),
        frozenset(wrote.filter(withdrawn_at=None).values_list("author_id", flat=True)),
    )


def _offered(activity: Activity) -> list[Item]:
    """What people vote on, or write about."""
    if activity.is_written and activity.step.takes != "votes":
        return []
    found = activity.items.standing().in_order()
    if activity.kind == "workstreams":
        found = found.exclude(stake=None).order_by("stake__number", "number")
    return list(found)
