"""How far the conditions of success are met: now, and at each day they were looked at.

What real objects show stands beside what the team says, and never decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from jalons.conditions.definitions import Condition, read_conditions
from jalons.conditions.models import Appraisal, Proof
from jalons.roadmaps.models import Roadmap

State = Appraisal.State
# A shape, so that the state does not rest on colour.
MARKS: Mapping[str, str] = {State.MET: "●", State.PARTLY: "◐", State.NOT_YET: "○"}
UNSAID = "–"
MOST_DAYS = 12
"""Beyond, the table of days tells nothing more at a glance; the rest is on each one."""


@dataclass(frozen=True, slots=True)
class ProofRead:
    """The name that an object had, and its page as long as it exists."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class AppraisalRead:
    row: Appraisal
    proofs: Sequence[ProofRead]

    @property
    def mark(self) -> str:
        return MARKS[self.row.state]


@dataclass(frozen=True, slots=True)
class ConditionRead:
    """A condition, what is said of it, the last time first."""

    number: int
    row: Condition
    said: Sequence[AppraisalRead]

    @property
    def latest(self) -> AppraisalRead | None:
        return self.said[0] if self.said else None

    @property
    def earlier(self) -> Sequence[AppraisalRead]:
        return self.said[1:]

    def state_on(self, day: date) -> str | None:
        """What was last said on that day or before."""
        return next((a.row.state for a in self.said if a.row.made_on <= day), None)


@dataclass(frozen=True, slots=True)
class DayRead:
    """How the conditions stood at the end of a day on which one was looked at."""

    day: date
    counts: Counter[str | None]

    @property
    def met(self) -> int:
        return self.counts[State.MET]

    @property
    def partly(self) -> int:
        return self.counts[State.PARTLY]

    @property
    def not_yet(self) -> int:
        return self.counts[State.NOT_YET]

    @property
    def unsaid(self) -> int:
        return self.counts[None]


@dataclass(frozen=True, slots=True)
class Conditions:
    """The nine of one roadmap, in the order of the method."""

    rows: Sequence[ConditionRead]

    @property
    def unsaid(self) -> list[ConditionRead]:
        return [one for one in self.rows if not one.said]

    @property
    def days(self) -> list[DayRead]:
        """The last days first."""
        every = {a.row.made_on for one in self.rows for a in one.said}
        return [
            DayRead(day, Counter(one.state_on(day) for one in self.rows))
            for day in sorted(every, reverse=True)[:MOST_DAYS]
        ]

    @property
    def today(self) -> DayRead | None:
        """How they stand now; None before the first was looked at."""
        days = self.days
        return days[0] if days else None

    def condition(self, code: str) -> ConditionRead | None:
        return next((one for one in self.rows if one.row.id == code), None)

    def after(self, code: str) -> ConditionRead | None:
        """The next one of which nothing is said yet, going round from this one."""
        place = next(i for i, one in enumerate(self.rows) if one.row.id == code)
        around = [*self.rows[place + 1 :], *self.rows[:place]]
        return next((one for one in around if not one.said), None)


def conditions_of(roadmap: Roadmap) -> Conditions:
    """Everything said of the nine, in two queries."""
    proofs = Prefetch("proofs", Proof.objects.select_related("minutes"))
    said: defaultdict[str, list[AppraisalRead]] = defaultdict(list)
    every = roadmap.appraisals.select_related("made_by").prefetch_related(proofs)
    for one in every:
        read = [ProofRead(p.name, _page_of(p, roadmap)) for p in one.proofs.all()]
        said[one.condition].append(AppraisalRead(one, read))
    return Conditions(
        [
            ConditionRead(number, row, said.get(row.id, ()))
            for number, row in enumerate(read_conditions(), start=1)
        ]
    )


def _page_of(proof: Proof, roadmap: Roadmap) -> str:
    """The page of what it names; none when it has gone."""
    space = roadmap.space_id
    if proof.minutes is not None:
        return reverse("workshops:minutes", args=[space, proof.minutes.workshop_id])
    pages: tuple[tuple[int | None, str, list[int]], ...] = (
        (proof.meeting_id, "meetings:show", [space]),
        (proof.actor_id, "actors:show", [space]),
        (proof.workstream_id, "roadmaps:workstream", [roadmap.pk]),
        (proof.resource_map_id, "ecosystems:show", [space]),
        (proof.diagnosis_id, "diagnosis:findings", []),
    )
    return next((reverse(name, args=[*of, pk]) for pk, name, of in pages if pk), "")
