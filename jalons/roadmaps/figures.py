"""A roadmap as it is read: numbers, where lines come from, what is late, what it costs.

One reading behind every page, document and file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from jalons.roadmaps.models import (
    Action,
    BudgetLine,
    Line,
    Origin,
    Roadmap,
    Stake,
    Workstream,
)
from jalons.workshops.worktable import letter_of

Kind = Line.Kind


@dataclass(frozen=True, slots=True)
class ActionRead:
    """An action, its code ("1.b.2"), how late it is on the day of reading."""

    code: str
    row: Action
    late: Action.Late | None
    budget: Sequence[BudgetLine]

    @property
    def is_given_up(self) -> bool:
        return self.row.status == Action.Status.DROPPED

    @property
    def is_to_be_costed(self) -> bool:
        """Whether one of its funders' amounts is still said to be unknown."""
        return any(one.amount is None for one in self.budget)

    @property
    def partners(self) -> list[str]:
        return [one.strip() for one in self.row.partners.splitlines() if one.strip()]


@dataclass(frozen=True, slots=True)
class WorkstreamRead:
    """A workstream, its code ("1.b", S002-24), its lines by kind, its actions."""

    code: str
    row: Workstream
    lines: Mapping[Kind, Sequence[Line]]
    actions: Sequence[ActionRead]
    origin: Origin | None

    @property
    def groups(self) -> list[tuple[Kind, Sequence[Line]]]:
        """Its lines under their headings, those that hold something."""
        return [(kind, self.lines[kind]) for kind in Kind if self.lines.get(kind)]

    @property
    def at_work(self) -> list[ActionRead]:
        """Actions that were not given up: the only ones that count."""
        return [one for one in self.actions if not one.is_given_up]

    @property
    def given_up(self) -> int:
        return len(self.actions) - len(self.at_work)

    @property
    def leads(self) -> Sequence[Line]:
        return self.lines.get(Kind.LEADS, ())

    @property
    def late(self) -> int:
        return sum(one.late is not None for one in self.actions)


@dataclass(frozen=True, slots=True)
class StakeRead:
    """A stake, its number, the workstreams that answer it."""

    number: int
    row: Stake
    workstreams: Sequence[WorkstreamRead]
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class FunderTotal:
    """What a funder brings in all, and how many of its lines have no amount yet.

    An amount that nobody knows is none, never zero.
    """

    funder: str
    amount: Decimal | None
    to_be_costed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole roadmap."""

    roadmap: Roadmap
    stakes: Sequence[StakeRead]

    @property
    def workstreams(self) -> list[WorkstreamRead]:
        return [one for stake in self.stakes for one in stake.workstreams]

    @property
    def actions(self) -> list[ActionRead]:
        return [one for stream in self.workstreams for one in stream.actions]

    @property
    def at_work(self) -> list[ActionRead]:
        """Actions that were not given up: the only ones whose money counts."""
        return [one for stream in self.workstreams for one in stream.at_work]

    @property
    def given_up(self) -> int:
        return sum(one.given_up for one in self.workstreams)

    @property
    def late(self) -> int:
        return sum(one.late is not None for one in self.actions)

    @property
    def total(self) -> Decimal | None:
        """The amounts known, added up; None when there is none."""
        return _added_up(line for one in self.at_work for line in one.budget)

    @property
    def uncosted(self) -> int:
        """Actions of which nothing is said, or something remains to be costed."""
        return sum(one.is_to_be_costed or not one.budget for one in self.at_work)

    @property
    def funders(self) -> list[FunderTotal]:
        """By funder, under the name first written, the largest amount first."""
        lines: defaultdict[str, list[BudgetLine]] = defaultdict(list)
        for action in self.at_work:
            for line in action.budget:
                lines[line.funder.casefold()].append(line)
        totals = [
            FunderTotal(
                found[0].funder,
                _added_up(found),
                sum(one.amount is None for one in found),
            )
            for found in lines.values()
        ]
        return sorted(totals, key=lambda one: (-(one.amount or 0), one.funder))

    @property
    def known_funders(self) -> list[str]:
        """Those of the approach, then those of an action: none is typed twice."""
        said = [*self.roadmap.funder_names, *(one.funder for one in self.funders)]
        return list(dict.fromkeys(said))

    @property
    def known_bodies(self) -> list[str]:
        """Whoever leads, does or is involved somewhere, by name."""
        kinds = (Kind.LEADS, Kind.DOES, Kind.INVOLVED)
        named = {
            line.text
            for one in self.workstreams
            for kind in kinds
            for line in one.lines.get(kind, ())
        }
        named |= {one.row.lead for one in self.actions if one.row.lead}
        return sorted(named, key=str.casefold)

    def stake(self, row: Stake) -> StakeRead:
        return next(one for one in self.stakes if one.row == row)

    def workstream(self, row: Workstream) -> WorkstreamRead:
        return next(one for one in self.workstreams if one.row == row)

    def action(self, row: Action) -> ActionRead:
        return next(one for one in self.actions if one.row == row)


def plan_of(roadmap: Roadmap, *, on: date | None = None) -> Plan:
    """The whole roadmap in eight queries at most, whatever its length."""
    return plans_of([roadmap], on=on)[0]


def plans_of(roadmaps: Sequence[Roadmap], *, on: date | None = None) -> list[Plan]:
    """Several roadmaps, in eight queries at most however many they are."""
    today = on or timezone.localdate()
    origins: defaultdict[int, list[Origin]] = defaultdict(list)
    known = Origin.objects.filter(roadmap__in=roadmaps)
    for origin in known.select_related(
        "item__activity__workshop", "finding", "campaign"
    ):
        origins[origin.roadmap_id].append(origin)
    stakes: defaultdict[int, list[Stake]] = defaultdict(list)
    written = Stake.objects.filter(roadmap__in=roadmaps).prefetch_related(
        "workstreams__lines__body",
        "workstreams__actions__budget",
        "workstreams__inspirations",
    )
    for stake in written:
        stakes[stake.roadmap_id].append(stake)
    return [_plan(one, stakes[one.pk], origins[one.pk], today) for one in roadmaps]


def _plan(
    roadmap: Roadmap, stakes: Sequence[Stake], origins: Sequence[Origin], today: date
) -> Plan:
    for stake in stakes:
        stake.roadmap = roadmap
    by_stake = {one.stake_id: one for one in origins if one.stake_id}
    by_stream = {one.workstream_id: one for one in origins if one.workstream_id}
    return Plan(
        roadmap,
        [
            StakeRead(
                number,
                stake,
                [
                    _workstream(f"{number}.{letter_of(rank)}", one, by_stream, today)
                    for rank, one in enumerate(stake.workstreams.all())
                ],
                by_stake.get(stake.pk),
            )
            for number, stake in enumerate(stakes, start=1)
        ],
    )


def _workstream(
    code: str, row: Workstream, origins: Mapping[int, Origin], today: date
) -> WorkstreamRead:
    lines: defaultdict[Kind, list[Line]] = defaultdict(list)
    for one in row.lines.all():
        lines[Kind(one.kind)].append(one)
    actions = [
        ActionRead(
            f"{code}.{rank}", one, one.lateness(on=today), list(one.budget.all())
        )
        for rank, one in enumerate(row.actions.all(), start=1)
    ]
    return WorkstreamRead(code, row, lines, actions, origins.get(row.pk))


def _added_up(lines: Iterable[BudgetLine]) -> Decimal | None:
    known = [one.amount for one in lines if one.amount is not None]
    return sum(known, Decimal(0)) if known else None
