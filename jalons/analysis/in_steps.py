"""Which people a table may speak of, when answers go on arriving one by one.

A mean over eleven people and the same mean a day later, over twelve, tell what the
twelfth said. Nothing is therefore told of people taken by fewer than `least`: those of
a moment enter by steps, in the order in which their answers came, and stay. Two steps
of a moment differ by `least` people or none.

Two moments share the value said at the start. The mean of the start is told beside a
step only when the people of every step that tells it, whatever the moment, cut one
another into parts of `least` people or more (or none): any sum or subtraction of what
was told is then a sum over whole parts. Otherwise the difference between both moments
is told alone: it holds what each said later, which no other moment tells.

For a yes or no, each step and each part must also hold none, or `least` people or more,
of each answer, at both moments.

The steps depend on the order of arrival only, never on who looked and when. Not
covered: what the reader knows of some of the people already, and a part whose people
all said the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

Who = TypeVar("Who", bound=Hashable)
When = TypeVar("When", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Step(Generic[Who]):
    """The people of a table, the day by which all had said it, what it may tell."""

    people: frozenset[Who]
    day: date
    tells_start: bool


@dataclass(slots=True)
class Steps(Generic[Who, When]):
    """The steps of one question, by moment, and the parts its starts make."""

    least: int
    is_share: bool
    first: Mapping[Who, float]
    by_moment: dict[When, list[Step[Who]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _parts: dict[Who, tuple[int, ...]] = field(default_factory=dict)
    _sets: int = 0

    def last(self, moment: When, *, on: date) -> Step[Who] | None:
        """The widest step all of whose answers were there on a day."""
        found = [one for one in self.by_moment.get(moment, ()) if one.day <= on]
        return found[-1] if found else None

    def tell_start(self, people: Collection[Who]) -> bool:
        """Whether the mean of the start may be told of these people; it is kept."""
        told = {one: (*self._parts.get(one, ()), self._sets) for one in people}
        parts = defaultdict(list)
        for one, part in (self._parts | told).items():
            parts[part].append(self.first[one])
        if not people or not all(self._is_whole(one) for one in parts.values()):
            return False
        self._parts |= told
        self._sets += 1
        return True

    def _is_whole(self, values: Collection[float]) -> bool:
        if len(values) < self.least:
            return False
        return not self.is_share or sides_hold(values, self.least)


def steps_of(
    said: Iterable[tuple[Who, When, float, date]],
    *,
    start: When,
    least: int,
    is_share: bool = False,
) -> Steps[Who, When]:
    """The steps of the answers to one question, given in the order of their arrival.

    >>> days = [date(2026, 1, 1)] * 4
    >>> said = [(one, 0, 1.0, days[0]) for one in "abcd"]
    >>> later = [(one, 3, 2.0, days[0]) for one in "abcd"]
    >>> found = steps_of(said + later, start=0, least=3)
    >>> [sorted(one.people) for one in found.by_moment[3]]
    [['a', 'b', 'c']]
    """
    first: dict[Who, float] = {}
    waiting: defaultdict[When, dict[Who, tuple[float, date]]] = defaultdict(dict)
    found: Steps[Who, When] = Steps(least, is_share, first)
    for who, moment, value, day in said:
        if moment == start:
            first[who] = value
        elif who in first:
            waiting[moment][who] = value, day
            if _is_enough(found, waiting[moment]):
                _add_step(found, moment, waiting.pop(moment))
    return found


def sides_hold(values: Collection[float], least: int) -> bool:
    """Whether each answer of a yes or no was given by none, or by enough people.

    >>> sides_hold([1.0, 1.0, 0.0], 2), sides_hold([1.0, 1.0], 2)
    (False, True)
    """
    return all(count >= least for count in Counter(values).values())


def _is_enough(
    found: Steps[Who, When], fresh: Mapping[Who, tuple[float, date]]
) -> bool:
    if len(fresh) < found.least:
        return False
    if not found.is_share:
        return True
    starts = [found.first[one] for one in fresh]
    return sides_hold(starts, found.least) and sides_hold(
        [value for value, _day in fresh.values()], found.least
    )


def _add_step(
    found: Steps[Who, When], moment: When, fresh: Mapping[Who, tuple[float, date]]
) -> None:
    before = found.by_moment[moment]
    people = frozenset(fresh) | (before[-1].people if before else frozenset())
    days = [day for _value, day in fresh.values()]
    day = max([*days, before[-1].day] if before else days)
    step = Step(people, day, found.tell_start(people))
    found.by_moment[moment].append(step)
