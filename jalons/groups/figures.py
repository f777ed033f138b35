"""The life of a group: who is a member on a day, how many from quarter to quarter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from jalons.actors.figures import ActorTable, table_among
from jalons.actors.models import Actor
from jalons.analysis.membership import Quarter, by_quarter, members_on
from jalons.groups.models import Group, Seat
from jalons.spaces.models import Space

QUARTERS_SHOWN = 12
"""Three years: what a small drawing can carry."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group in the list of a space, with its members of today."""

    group: Group
    members: int
    organisations: int


@dataclass(frozen=True, slots=True)
class Membership:
    """The members of a group on a day, and its life until then."""

    group: Group
    day: date
    seats: Sequence[Seat]
    former: Sequence[Seat]
    quarters: Sequence[Quarter]
    begun_with: int
    ever: int
    table: ActorTable

    @property
    def count(self) -> int:
        return len(self.seats)

    @property
    def organisation_count(self) -> int:
        return len({one.actor_id for one in self.seats})

    @property
    def founders(self) -> int:
        """Those of the first day, once it has come."""
        return self.begun_with if self.group.begun_on <= self.day else 0

    @property
    def shown(self) -> Sequence[Quarter]:
        """The last quarters, for the drawing and its table."""
        return self.quarters[-QUARTERS_SHOWN:]


def groups_of(space: Space, today: date) -> list[Line]:
    """The groups of a space with their members of today, in one query."""
    current = Q(seats__since__lte=today) & (
        Q(seats__until=None) | Q(seats__until__gte=today)
    )
    found = (
        space.groups.select_related("territory")
        .annotate(
            members=Count("seats", filter=current),
            organisations=Count("seats__actor", filter=current, distinct=True),
        )
        .order_by("ended_on", "key")
    )
    lines = [Line(one, one.members, one.organisations) for one in found]
    return sorted(lines, key=lambda line: line.group.ended_on is not None)


def membership_of(group: Group, day: date) -> Membership:
    """Everything that the page of a group says, in one query."""
    seats = list(group.seats.in_order())
    stays = [one.stay for one in seats]
    current = [one for one in seats if one.stay.holds(day)]
    former = [one for one in seats if one.until and one.until < day]
    return Membership(
        group=group,
        day=day,
        seats=current,
        former=sorted(former, key=_last_day, reverse=True),
        quarters=by_quarter(stays, group.begun_on, _last(group, day)),
        begun_with=members_on(stays, group.begun_on),
        ever=len({_who(one) for one in seats}),
        table=table_among(_actors(current)),
    )


def shares_quarters(quarters: Sequence[Quarter]) -> list[float]:
    """Each quarter as a share of the fullest one."""
    most = max((one.members for one in quarters), default=0)
    return [one.members / most if most else 0.0 for one in quarters]


def _actors(seats: Iterable[Seat]) -> list[Actor]:
    """Each organisation once, as it is today: one put aside is still a member."""
    found = {one.actor_id: one.actor for one in seats}
    return list(found.values())


def _last(group: Group, day: date) -> date:
    return min(day, group.ended_on) if group.ended_on else day


def _last_day(seat: Seat) -> date:
    return seat.until or seat.since


def _who(seat: Seat) -> tuple[object, ...]:
    """A member, whatever their stays; somebody erased counts by their seat."""
    if seat.is_erased:
        return ("erased", seat.pk)
    return (seat.actor_id, seat.professional_id)
