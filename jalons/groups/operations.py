from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from jalons.accounts.models import User
from jalons.actors.models import key_of
from jalons.analysis.membership import do_overlap
from jalons.audit import operations as audit
from jalons.groups.models import Group, Seat


class AlreadyThere(Exception):
    """A group of the space has this name already."""


class BeforeItsMembers(Exception):
    """The group would begin after, or end before, a day when somebody was a member."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


class AfterItsEnd(Exception):
    """The group would begin after the day it ended on."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


class OutsideTheGroup(Exception):
    """Nobody is a member before the group begins, nor after it has ended."""


class Overlaps(Exception):
    """This member is there already on some of these days; `seat` is the other stay."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(str(seat))
        self.seat = seat


@transaction.atomic
def save_group(group: Group, *, by: User) -> Group:
    """Write a new group, or what changed in it.

    Raises AlreadyThere, BeforeItsMembers, AfterItsEnd.
    """
    group.key = key_of(group.name)
    if group.space.groups.exclude(pk=group.pk).filter(key=group.key).exists():
        raise AlreadyThere(group)
    is_new = group.pk is None
    if is_new:
        group.added_by = by
    else:
        first = group.seats.order_by("since").first()
        if first and first.since < group.begun_on:
            raise BeforeItsMembers(first.since)
        if group.ended_on and group.ended_on < group.begun_on:
            raise AfterItsEnd(group.ended_on)
    group.save()
    if is_new:
        audit.record("group.added", group, by=by)
    else:
        audit.record("group.changed", group, by=by)
    return group


@transaction.atomic
def end_group(group: Group, *, on: date, by: User) -> None:
    """The group stops; those who are still members leave it on that day.

    Raises BeforeItsMembers.
    """
    if group.ended_on is not None:
        return
    last = group.seats.order_by("-since").first()
    day = max(group.begun_on, last.since) if last else group.begun_on
    if on < day:
        raise BeforeItsMembers(day)
    group.ended_on = on
    group.save(update_fields=["ended_on"])
    group.seats.on(on).update(until=on)
    audit.record("group.ended", group, by=by)


@transaction.atomic
def save_seat(seat: Seat, *, by: User) -> Seat:
    """Write a new member, or what changed of one. Raises OutsideTheGroup, Overlaps."""
    group = Group.objects.select_for_update().get(pk=seat.group_id)
    is_new = seat.pk is None
    seat.is_person = seat.professional_id is not None or _was_erased(seat)
    refuse_outside(group, seat)
    refuse_overlap(seat, group.seats.filter(actor=seat.actor_id))
    seat.save()
    space_id = group.space_id
    if is_new:
        audit.record("seat.taken", seat, by=by, space_id=space_id)
    else:
        audit.record("seat.changed", seat, by=by, space_id=space_id)
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, on: date, by: User) -> None:
    """A member leaves; the history keeps them."""
    if seat.until is None or seat.until > on:
        seat.until = max(on, seat.since)
        seat.save(update_fields=["until"])
        audit.record("seat.ended", seat, by=by, space_id=seat.group.space_id)


@transaction.atomic
def remove_seat(seat: Seat, *, by: User) -> None:
    """A member noted by mistake: the history forgets it."""
    audit.record("seat.removed", seat, by=by, space_id=seat.group.space_id)
    seat.delete()


@transaction.atomic
def import_seats(group: Group, seats: Sequence[Seat], *, by: User) -> int:
    """Add members already sorted out (loaders); how many there were."""
    for one in seats:
        one.group, one.is_person = group, one.professional_id is not None
    Seat.objects.bulk_create(seats)
    details = {"count": len(seats)}
    audit.record("seats.imported", group, by=by, details=details)
    return len(seats)


def _was_erased(seat: Seat) -> bool:
    """Whether the name was erased: what is left stays the seat of a person."""
    before = Seat.objects.filter(pk=seat.pk).first()
    return before is not None and before.is_erased


def refuse_outside(group: Group, seat: Seat) -> None:
    """Raises OutsideTheGroup."""
    is_after = group.ended_on is not None and (
        seat.until is None or seat.until > group.ended_on
    )
    if seat.since < group.begun_on or is_after:
        raise OutsideTheGroup(seat)


def refuse_overlap(seat: Seat, others: Iterable[Seat]) -> None:
    """Raises Overlaps when the same member is there on one of these days."""
    for other in others:
        is_same = (other.actor_id, other.professional_id) == (
            seat.actor_id,
            seat.professional_id,
        )
        # An erased person cannot be told from another: their seat stops nobody.
        is_erased = seat.is_erased or other.is_erased
        if other.pk == seat.pk and seat.pk is not None:
            continue
        if is_same and not is_erased and do_overlap(other.stay, seat.stay):
            raise Overlaps(other)
