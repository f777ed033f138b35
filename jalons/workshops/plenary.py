"""What each table retains of an activity, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jalons.workshops.models import Activity, Participant, Synthesis, Table, Workshop
from jalons.workshops.seating import may_write


@dataclass(frozen=True, slots=True)
class Side:
    """One table: who is around it, what it retains of the activity."""

    table: Table
    people: Sequence[Participant]
    synthesis: Synthesis | None

    @property
    def text(self) -> str:
        return self.synthesis.text if self.synthesis else ""

    @property
    def base(self) -> int:
        return self.synthesis.number if self.synthesis else 0


@dataclass(frozen=True, slots=True)
class Seat:
    """The table of one person, as their telephone shows it."""

    side: Side | None
    tables: Sequence[Table]
    may_write: bool
    is_asked: bool


def sides_of(workshop: Workshop, activity: Activity | None) -> list[Side]:
    """Every table of a workshop, in three queries."""
    tables = list(workshop.tables.select_related("device", "reporter"))
    if not tables:
        return []
    people: dict[int | None, list[Participant]] = defaultdict(list)
    for one in workshop.participants.exclude(table=None).order_by("pk"):
        people[one.table_id].append(one)
    written = Synthesis.objects.filter(activity=activity, is_current=True)
    kept = {one.table_id: one for one in written.select_related("author")}
    return [Side(one, people[one.pk], kept.get(one.pk)) for one in tables]


def seat_of(
    person: Participant, activity: Activity | None, sides: Sequence[Side]
) -> Seat | None:
    """Where somebody sits among the sides; None in a workshop without tables."""
    if not sides:
        return None
    side = next((one for one in sides if one.table.pk == person.table_id), None)
    asked = activity is not None and activity.definition.at_tables
    return Seat(
        side,
        [one.table for one in sides],
        may_write=side is not None and may_write(side.table, person),
        is_asked=asked and person.workshop.is_open,
    )
