"""Who is invited, who is missing around the table, who came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jalons.actors.figures import ActorTable, table_among
from jalons.actors.models import Actor
from jalons.actors.vocabulary import read_vocabulary
from jalons.meetings.models import Attendee, Meeting
from jalons.professionals.models import Professional


@dataclass(frozen=True, slots=True)
class Diversity:
    """The actors invited by family, those that nobody invited is of, and who could be.

    `could_come` are actors of the table whose family nobody represents yet.
    """

    table: ActorTable
    could_come: Sequence[Actor]

    @property
    def is_diverse(self) -> bool:
        return not self.table.absent_families and not self.table.absent_colleges


@dataclass(frozen=True, slots=True)
class Presence:
    """Who came, and how many by family; `unsaid` is those who gave none."""

    attendees: Sequence[Attendee]
    families: Sequence[tuple[str, int]]
    unsaid: int

    @property
    def count(self) -> int:
        return len(self.attendees)


def diversity_of(meeting: Meeting) -> Diversity:
    """The check against the table of actors, in two queries."""
    invited = list(meeting.guests.select_related("commune").order_by("key"))
    table = table_among(invited)
    absent = [one.id for one in table.absent_families]
    others = meeting.space.actors.at_work().filter(family__in=absent).in_order()
    return Diversity(table, list(others))


def presence_of(meeting: Meeting) -> Presence:
    """The attendance, in one query."""
    people = list(meeting.attendees.select_related("actor").order_by("noted_at", "pk"))
    counted = Counter(one.family for one in people if one.family)
    known = read_vocabulary().families
    families = [(str(known.get(code, code)), n) for code, n in counted.most_common()]
    return Presence(people, families, sum(not one.family for one in people))


def reachable(meeting: Meeting) -> list[Professional]:
    """Those of the actors invited whose address is kept, and who know it."""
    people = meeting.space.professionals.filter(
        actor__in=meeting.guests.all(), actor__archived_at=None
    ).exclude(email="")
    return [one for one in people.order_by("pk") if one.heard_on]
