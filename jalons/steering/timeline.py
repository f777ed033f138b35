"""The actions of a roadmap over time: what is late, what waits for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from jalons.roadmaps.figures import ActionRead, Plan, WorkstreamRead
from jalons.roadmaps.models import Action
from jalons.steering.models import Wait

STOPPED = (Action.Status.SUSPENDED, Action.Status.DROPPED)


@dataclass(frozen=True, slots=True)
class Bar:
    """An action, and those it waits for in the order of the roadmap."""

    action: ActionRead
    awaited: Sequence[ActionRead]

    @property
    def has_day(self) -> bool:
        return bool(self.action.row.starts_on or self.action.row.ends_on)

    @property
    def too_early(self) -> list[ActionRead]:
        """Those it waits for that end after it begins."""
        begins = self.action.row.starts_on
        return [
            one
            for one in self.awaited
            if begins and one.row.ends_on and one.row.ends_on > begins
        ]

    @property
    def stopped(self) -> list[ActionRead]:
        """Those it waits for that nobody carries on."""
        return [one for one in self.awaited if one.row.status in STOPPED]


@dataclass(frozen=True, slots=True)
class Lane:
    """A workstream and its actions."""

    stream: WorkstreamRead
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A roadmap over time, as it stands on a day."""

    plan: Plan
    lanes: Sequence[Lane]
    today: date

    @property
    def bars(self) -> list[Bar]:
        return [one for lane in self.lanes for one in lane.bars]

    @property
    def days(self) -> list[date]:
        """Every day that is said."""
        rows = [one.action.row for one in self.bars]
        said = [day for one in rows for day in (one.starts_on, one.ends_on)]
        return [one for one in said if one]

    @property
    def undated(self) -> list[Bar]:
        return [one for one in self.bars if not one.has_day]

    @property
    def late(self) -> list[Bar]:
        return [one for one in self.bars if one.action.late]

    @property
    def told(self) -> list[Bar]:
        """Those whose days or waits contradict each other."""
        return [one for one in self.bars if one.too_early or one.stopped]

    def begins(self, days: int) -> list[ActionRead]:
        """What is to begin from today and within so many days."""
        last = self.today + timedelta(days=days)
        return [
            one.action
            for one in self.bars
            if one.action.row.status == Action.Status.PLANNED
            and one.action.row.starts_on
            and self.today <= one.action.row.starts_on < last
        ]

    def ends(self, days: int) -> list[ActionRead]:
        """What is to be over from today and within so many days."""
        last = self.today + timedelta(days=days)
        at_work = (Action.Status.PLANNED, Action.Status.UNDER_WAY)
        return [
            one.action
            for one in self.bars
            if one.action.row.status in at_work
            and one.action.row.ends_on
            and self.today <= one.action.row.ends_on < last
        ]


def timeline_of(plan: Plan, *, on: date | None = None) -> Timeline:
    """One query more than the plan, which must have been read for the same day."""
    return timelines_of([plan], on=on)[0]


def timelines_of(plans: Sequence[Plan], *, on: date | None = None) -> list[Timeline]:
    """One query more than the plans, however many they are."""
    awaited: defaultdict[int, list[int]] = defaultdict(list)
    roadmaps = [plan.roadmap for plan in plans]
    rows = Wait.objects.filter(action__workstream__stake__roadmap__in=roadmaps)
    for action, before in rows.values_list("action_id", "awaited_id"):
        awaited[action].append(before)
    today = on or timezone.localdate()
    return [_timeline(plan, awaited, today) for plan in plans]


def _timeline(plan: Plan, awaited: Mapping[int, list[int]], today: date) -> Timeline:
    read = {one.row.pk: one for one in plan.actions}
    order = {pk: rank for rank, pk in enumerate(read)}
    lanes = [
        Lane(
            stream,
            [
                Bar(
                    one,
                    [
                        read[pk]
                        for pk in sorted(
                            awaited.get(one.row.pk, ()), key=order.__getitem__
                        )
                    ],
                )
                for one in stream.actions
            ],
        )
        for stream in plan.workstreams
        if stream.actions
    ]
    return Timeline(plan, lanes, today)
