"""One body that several teams note: its lines are one in the directory that all read.

Two lines are of one body when their names are the same, capitals, accents and hyphens
apart, in one commune; without a commune, when the teams are at work on one territory,
or on one inside the other. A body is made of lines that are all of one body two by two:
the “CCAS” of two neighbours are two, whatever the team of their département notes, and
its line goes with one of them alone, the first in the order of reading. What is
simulated is never one with what is real.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

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
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class Body:
    """The lines that name one body, the one to be read first."""

    lines: list[Line]

    @property
    def pks(self) -> list[int]:
        return [line.pk for line in self.lines]


def lines_of(actors: ActorQuerySet) -> list[Line]:
    found = actors.values_list(
        *("pk", "name", "key", "commune", "space__territory"),
        *("space__territory__kind", "does", "is_simulated"),
    )
    return [Line(*one) for one in found]


def bodies_of(lines: Iterable[Line]) -> list[Body]:
    """Each body once: by the line that says what it does, of the closest team."""
    lines = sorted(lines, key=_preference)
    nested = _nested({line.territory for line in lines if line.commune is None})
    named: defaultdict[tuple[str, str | None, bool], list[Body]] = defaultdict(list)
    for line in lines:
        known = named[line.key, line.commune, line.is_simulated]
        same = (
            body
            for body in known
            if all(_is_same(one, line, nested) for one in body.lines)
        )
        if body := next(same, None):
            body.lines.append(line)
        else:
            known.append(Body([line]))
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
