"""Who gives what, college by college: the economic model of the coordination (S004-19).

A value or a number of days that nobody wrote is missing: it is counted apart, and adds
nothing. What is promised is never added to what is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalons.actors.vocabulary import read_vocabulary
from jalons.coordination.models import Body, Contribution, OnlineService
from jalons.groups.models import Seat
from jalons.spaces.models import Space

State = Contribution.State


@dataclass(frozen=True, slots=True)
class Total:
    """Several contributions together; None where no value, or no day, is known."""

    count: int
    value: Decimal | None
    unvalued: int
    days: Decimal | None


@dataclass(frozen=True, slots=True)
class CollegeTotal:
    """What the actors of a college promise and give."""

    code: str
    words: str
    actors: int
    promised: Total
    given: Total


@dataclass(frozen=True, slots=True)
class KindTotal:
    words: str
    promised: Total
    given: Total


@dataclass(frozen=True, slots=True)
class Register:
    """The contributions of a year, or of all; `silent` put procedures online and give
    nothing."""

    year: int | None
    years: Sequence[int]
    rows: Sequence[Contribution]
    colleges: Sequence[CollegeTotal]
    kinds: Sequence[KindTotal]
    promised: Total
    given: Total
    services: Sequence[OnlineService]
    silent: Sequence[str]

    @property
    def is_simulated(self) -> bool:
        return any(one.is_simulated for one in self.rows)


def register_of(space: Space, *, year: int | None = None) -> Register:
    """The register of a space, in two queries."""
    every = list(space.contributions.select_related("actor", "workstream"))
    rows = [one for one in every if year in (None, one.year)]
    services = list(
        OnlineService.objects.filter(actor__space=space).select_related("actor")
    )
    giving = {one.actor_id for one in rows}
    silent = {
        one.actor_id: one.actor.name for one in services if one.actor_id not in giving
    }
    return Register(
        year=year,
        years=sorted({one.year for one in every}, reverse=True),
        rows=rows,
        colleges=_colleges(rows),
        kinds=_kinds(rows),
        promised=total_of(rows, State.PROMISED),
        given=total_of(rows, State.GIVEN),
        services=services,
        silent=list(silent.values()),
    )


def total_of(rows: Iterable[Contribution], state: State) -> Total:
    held = [one for one in rows if one.state == state]
    values = [one.value for one in held if one.value is not None]
    days = [one.days for one in held if one.days is not None]
    return Total(
        count=len(held),
        value=sum(values, Decimal(0)) if values else None,
        unvalued=len(held) - len(values),
        days=sum(days, Decimal(0)) if days else None,
    )


def _colleges(rows: Sequence[Contribution]) -> list[CollegeTotal]:
    """Each of the three, those that give nothing too; then any other."""
    by_college: defaultdict[str, list[Contribution]] = defaultdict(list)
    for one in rows:
        by_college[one.actor.college].append(one)
    names = read_vocabulary().colleges
    codes = [*names, *(code for code in by_college if code not in names)]
    return [
        _college(code, str(names.get(code, code)), by_college[code]) for code in codes
    ]


def _college(code: str, words: str, rows: Sequence[Contribution]) -> CollegeTotal:
    return CollegeTotal(
        code,
        words,
        len({one.actor_id for one in rows}),
        total_of(rows, State.PROMISED),
        total_of(rows, State.GIVEN),
    )


def _kinds(rows: Sequence[Contribution]) -> list[KindTotal]:
    return [
        KindTotal(
            str(kind.label),
            total_of((one for one in rows if one.kind == kind), State.PROMISED),
            total_of((one for one in rows if one.kind == kind), State.GIVEN),
        )
        for kind in Contribution.Kind
    ]


@dataclass(frozen=True, slots=True)
class College:
    """The members of a body that belong to a college."""

    words: str
    seats: Sequence[Seat]


@dataclass(frozen=True, slots=True)
class BodyRead:
    """A body and its members of a day, college by college."""

    body: Body
    colleges: Sequence[College]

    @property
    def count(self) -> int:
        return sum(len(one.seats) for one in self.colleges)

    @property
    def empty(self) -> list[str]:
        """The colleges that nobody represents."""
        return [one.words for one in self.colleges if not one.seats]


def bodies_of(space: Space, *, on: date) -> list[BodyRead]:
    """Those at work on a day, the strategic ones first, in two queries."""
    order = list(Body.Level)
    bodies = [
        one
        for one in Body.objects.filter(group__space=space).select_related("group")
        if one.group.ended_on is None or one.group.ended_on >= on
    ]
    seats: defaultdict[int, list[Seat]] = defaultdict(list)
    groups = [one.group_id for one in bodies]
    for seat in Seat.objects.filter(group__in=groups).on(on).in_order():
        seats[seat.group_id].append(seat)
    found = [BodyRead(one, _members(seats[one.group_id])) for one in bodies]
    return sorted(
        found,
        key=lambda one: (order.index(Body.Level(one.body.level)), one.body.group.key),
    )


def read_body(body: Body, *, on: date) -> BodyRead:
    return BodyRead(body, _members(body.group.seats.on(on).in_order()))


def _members(seats: Iterable[Seat]) -> list[College]:
    held: defaultdict[str, list[Seat]] = defaultdict(list)
    for one in seats:
        held[one.actor.college].append(one)
    names = read_vocabulary().colleges
    codes = [*names, *(code for code in held if code not in names)]
    return [College(str(names.get(code, code)), held[code]) for code in codes]
