"""One body that several teams note: its lines are one in the directory that all read.

Two lines are of one body when their names are the same, capitals, accents and hyphens
apart, in one commune; without a commune, when the teams are at work on one territory,
or on one inside the other. The “CCAS” of two neighbours are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from jalons.actors.models import ActorQuerySet
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in

Kind = Territory.Kind
CLOSEST = (Kind.COMMUNE, Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION)
"""A team of a commune knows its actors better than one of the région."""


@dataclass(frozen=True, slots=True)
class Line:
    """What makes two lines one, and which of them is read."""

    pk: int
    name: str
    key: str
    commune: str | None
    territory: str
    kind: str
    does: str


@dataclass(frozen=True, slots=True)
class Body:
    """The line that is read, and those that name the same body."""

    first: Line
    others: list[Line] = field(default_factory=list)

    @property
    def pks(self) -> list[int]:
        return [self.first.pk, *(line.pk for line in self.others)]


def lines_of(actors: ActorQuerySet) -> list[Line]:
    found = actors.values_list(
        *("pk", "name", "key", "commune", "space__territory"),
        *("space__territory__kind", "does"),
    )
    return [Line(*one) for one in found]


def bodies_of(lines: Iterable[Line]) -> list[Body]:
    """Each body once: by the line that says what it does, of the closest team."""
    lines = sorted(lines, key=_preference)
    nested = _nested({line.territory for line in lines if line.commune is None})
    named: defaultdict[tuple[str, str | None], list[Body]] = defaultdict(list)
    for line in lines:
        known = named[line.key, line.commune]
        same = (body for body in known if _is_same(body.first, line, nested))
        if body := next(same, None):
            body.others.append(line)
        else:
            known.append(Body(line))
    return [body for known in named.values() for body in known]


def _preference(line: Line) -> tuple[bool, int, int]:
    return not line.does, CLOSEST.index(Kind(line.kind)), line.pk


def _is_same(one: Line, other: Line, nested: set[tuple[str, str]]) -> bool:
    pair = one.territory, other.territory
    return (
        one.commune is not None
        or one.territory == other.territory
        or pair in nested
        or pair[::-1] in nested
    )


def _nested(territories: set[str]) -> set[tuple[str, str]]:
    """The pairs of these territories where the first is inside the second."""
    if len(territories) < 2:
        return set()
    held = Membership.objects.filter(
        held_in(CURRENT_YEAR), member__in=territories, group__in=territories
    )
    return {*held.values_list("member", "group")}
