"""From wishes to workshops: what, where and when, by commune or neighbouring communes.

Those who would like to learn (soon, later, perhaps) say what, where, when and how. Each
group of communes counts at least eleven of them; a topic, a place or a moment keeps
its rank and loses its number when that would tell of fewer than eleven people, those
who chose it or the others, with all that the results tell beside. Centres of interest
come before procedures when both are wished for: one comes for photos, stays for the
rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jalons.analysis.secrecy import INHABITANTS
from jalons.fieldwork.checking import hidden_of
from jalons.fieldwork.people import People
from jalons.fieldwork.protection import Hidden
from jalons.fieldwork.wishes import (
    WISH,
    WISHING,
    WISHING_SOON,
    Group,
    choice_name,
    chosen,
    groups_of,
    yes,
)

PROCEDURES = ("procedures", "employment", "health", "school")
"""What one has to do, rather than what one likes."""
MOST = 3


@dataclass(frozen=True, slots=True)
class Wished:
    """An answer and how many chose it; None when it is secret."""

    code: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be offered to a group of communes.

    `interested` is None if they are too few, or if that would tell of others; when
    they are too few, what they wish for is not told either.
    """

    communes: tuple[str, ...]
    is_few: bool
    interested: int | None = None
    soon: int | None = None
    interests: tuple[Wished, ...] = ()
    procedures: tuple[Wished, ...] = ()
    places: tuple[Wished, ...] = ()
    moments: tuple[Wished, ...] = ()
    ways: tuple[Wished, ...] = ()
    transports: tuple[Wished, ...] = ()


def proposals_of(people: People) -> list[Proposal]:
    """One proposal a group of communes, by name of commune."""
    hidden = hidden_of(people, "workshops")
    return [
        _Wishes(people, hidden, n, group).proposal()
        for n, group in enumerate(groups_of(people))
    ]


@dataclass(frozen=True, slots=True)
class _Wishes:
    """The wishes of one group, and what may be told of them."""

    people: People
    hidden: Hidden
    number: int
    group: Group

    def proposal(self) -> Proposal:
        inside = self.group.people
        if len(inside) < INHABITANTS:
            return Proposal(self.group.communes, is_few=True)
        wish = self.people.by_meaning.get(WISH, "")
        soon = sum(self.people.answers[at].get(wish) == "soon" for at in inside)
        is_secret = self.hidden.has_cell(WISHING, str(self.number))
        topics = self._counted("field_wished_topics")
        interests = {one: n for one, n in topics.items() if one not in PROCEDURES}
        procedures = {one: n for one, n in topics.items() if one in PROCEDURES}
        return Proposal(
            communes=self.group.communes,
            is_few=False,
            interested=None if is_secret else len(inside),
            soon=None if self._is_secret(WISHING_SOON) else soon,
            interests=self._first("field_wished_topics", interests),
            procedures=self._first("field_wished_topics", procedures),
            places=self._most("field_places"),
            moments=self._most("field_availability"),
            ways=self._most("field_way_of_learning"),
            transports=self._most("field_transport"),
        )

    def _counted(self, meaning: str) -> Counter[str]:
        question = self.people.by_meaning.get(meaning, "")
        found: Counter[str] = Counter()
        for at in self.group.people:
            found.update(chosen(self.people, at, question))
        return found

    def _most(self, meaning: str) -> tuple[Wished, ...]:
        return self._first(meaning, self._counted(meaning))

    def _first(self, meaning: str, counts: Mapping[str, int]) -> tuple[Wished, ...]:
        question = self.people.by_meaning.get(meaning, "")
        order = sorted(counts, key=lambda one: (-counts[one], one))[:MOST]
        return tuple(
            Wished(
                one,
                None if self._is_secret(choice_name(question, one)) else counts[one],
            )
            for one in order
        )

    def _is_secret(self, table: str) -> bool:
        return self.hidden.has_cell(table, yes(self.number))
