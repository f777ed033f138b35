"""A roadmap read in a minute: what moved, what is late, what is in the way, the money.

Everything is read where its own page reads it, so that every screen agrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from jalons.evaluation.figures import FollowedRead, followed_of
from jalons.followup.hurdles import Hurdle, hurdles_of
from jalons.followup.models import ActionCommune, Progress, ProgressDecision
from jalons.funding.figures import FundingPlan, funding_of
from jalons.meetings.models import Meeting
from jalons.roadmaps.figures import ActionRead, Plan, plan_of
from jalons.roadmaps.models import Action, Roadmap, StatusChange
from jalons.steering.timeline import timeline_of

QUARTER = timedelta(days=91)
MOST_MEETINGS = 3
Status = Action.Status


@dataclass(frozen=True, slots=True)
class Move:
    """An action whose status changed, or whose lateness was explained, on a day."""

    action: ActionRead
    change: StatusChange


@dataclass(frozen=True, slots=True)
class Late:
    """An action that should have begun or be over: since how long, and why if said."""

    action: ActionRead
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A roadmap over a period, as it stands on the last day."""

    plan: Plan
    since: date
    until: date
    moves: Sequence[Move]
    changes: Sequence[StatusChange]
    late: Sequence[Late]
    hurdles: Sequence[Hurdle]
    meetings: Sequence[Meeting]
    funding: FundingPlan
    indicators: Sequence[FollowedRead]
    decisions: Sequence[ProgressDecision]
    communes: Mapping[int, Sequence[str]]

    @property
    def roadmap(self) -> Roadmap:
        return self.plan.roadmap

    def count(self, *statuses: Status) -> int:
        return sum(one.row.status in statuses for one in self.plan.actions)

    @property
    def blocked(self) -> list[Hurdle]:
        """Actions that cannot go on; what only hinders a workstream is not one."""
        return [one for one in self.hurdles if one.action is not None]

    @property
    def in_use(self) -> list[FollowedRead]:
        return [one for one in self.indicators if not one.is_retired]


def dashboard_of(
    roadmap: Roadmap, *, since: date | None = None, on: date | None = None
) -> Dashboard:
    """The whole of it, whatever its length, in twenty-five queries at most."""
    today = on or timezone.localdate()
    plan = plan_of(roadmap, on=today)
    timeline = timeline_of(plan, on=today)
    changes = changes_of(roadmap, until=today)
    start = since or usual_start(roadmap, on=today)
    read = {one.row.pk: one for one in plan.actions}
    moves = [
        Move(read[one.action_id], one)
        for one in reversed(changes)
        if one.changed_on >= start
    ]
    last = {one.action_id: one for one in changes}
    return Dashboard(
        plan=plan,
        since=start,
        until=today,
        moves=moves,
        changes=changes,
        late=_late(plan, last, today),
        hurdles=hurdles_of(timeline, last),
        meetings=_meetings(roadmap),
        funding=funding_of(plan),
        indicators=followed_of(roadmap, on=today),
        decisions=_waiting(roadmap),
        communes=communes_of(roadmap),
    )


def usual_start(roadmap: Roadmap, *, on: date) -> date:
    """The day of the last progress review, else three months before."""
    last = (
        Progress.objects.filter(roadmap=roadmap, until__lt=on)
        .order_by("-until")
        .values_list("until", flat=True)
        .first()
    )
    return last or on - QUARTER


def changes_of(roadmap: Roadmap, *, until: date) -> list[StatusChange]:
    """Every change of status by that day, the oldest first."""
    rows = StatusChange.objects.filter(
        action__workstream__stake__roadmap=roadmap, changed_on__lte=until
    )
    return list(rows.order_by("changed_on", "pk"))


def communes_of(roadmap: Roadmap) -> dict[int, list[str]]:
    """By action, the names of the communes in which it takes place."""
    rows = ActionCommune.objects.filter(action__workstream__stake__roadmap=roadmap)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for action, name in rows.order_by("commune__name").values_list(
        "action_id", "commune__name"
    ):
        found[action].append(name)
    return dict(found)


def _late(plan: Plan, last: Mapping[int, StatusChange], today: date) -> list[Late]:
    """The longest first; a reason counts when it was said of the present status."""
    found = []
    for one in plan.actions:
        if one.late is None:
            continue
        due = one.row.ends_on if one.late is Action.Late.TO_END else one.row.starts_on
        change = last.get(one.row.pk)
        reason = change.reason if change else ""
        found.append(Late(one, (today - due).days if due else 0, reason))
    return sorted(found, key=lambda one: -one.days)


def _meetings(roadmap: Roadmap) -> list[Meeting]:
    """The next ones of the team; the hour matters, whatever day is read."""
    coming = roadmap.space.meetings.filter(starts_at__gte=timezone.now())
    return list(coming.order_by("starts_at")[:MOST_MEETINGS])


def _waiting(roadmap: Roadmap) -> list[ProgressDecision]:
    """Decisions of former progress reviews that still wait."""
    rows = ProgressDecision.objects.filter(
        progress__roadmap=roadmap, state=ProgressDecision.State.OPEN
    )
    return list(rows.select_related("actor", "progress").order_by("due_on", "pk"))
