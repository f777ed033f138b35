"""A dashboard in plain values: the same on the page, in files and in a frozen review.

Days are ISO 8601, amounts are numbers of euros in writing; what is not known is None,
never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.evaluation import words as evaluation_words
from jalons.evaluation.figures import FollowedRead
from jalons.evaluation.values import plain, shown
from jalons.followup.figures import Dashboard, Late, Move
from jalons.followup.hurdles import Hurdle
from jalons.followup.models import ProgressDecision
from jalons.funding.figures import Funder
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Action

Status = Action.Status


class FactTold(TypedDict):
    label: str
    value: str
    note: str


class MoveTold(TypedDict):
    day: str
    code: str
    action: str
    before: str
    after: str
    reason: str


class LateTold(TypedDict):
    pk: int
    code: str
    action: str
    lead: str
    late: str
    days: int
    reason: str


class HurdleTold(TypedDict):
    code: str
    words: str
    is_action: bool
    by: Sequence[str]


class MeetingTold(TypedDict):
    day: str
    title: str
    place: str


class FunderTold(TypedDict):
    name: str
    planned: str | None
    asked: str
    granted: str


class MoneyTold(TypedDict):
    planned: str | None
    asked: str
    granted: str
    uncosted: int
    funders: Sequence[FunderTold]


class IndicatorTold(TypedDict):
    code: str
    name: str
    unit: str
    start: str | None
    start_shown: str
    start_on: str | None
    last: str | None
    last_shown: str
    last_on: str | None
    n: int | None
    target_shown: str
    source: str
    progress: str


class DecisionTold(TypedDict):
    text: str
    who: str
    due: str | None
    is_late: bool


class DashboardTold(TypedDict):
    # In which language what follows was worked out.
    language: str
    title: str
    territory: str
    since: str
    until: str
    is_simulated: bool
    facts: Sequence[FactTold]
    moved: Sequence[MoveTold]
    late: Sequence[LateTold]
    hurdles: Sequence[HurdleTold]
    meetings: Sequence[MeetingTold]
    money: MoneyTold
    indicators: Sequence[IndicatorTold]
    decisions: Sequence[DecisionTold]


def told_of(read: Dashboard) -> DashboardTold:
    """Everything that a dashboard says."""
    return {
        "language": get_language() or "fr",
        "title": read.roadmap.title,
        "territory": read.roadmap.territory_name,
        "since": read.since.isoformat(),
        "until": read.until.isoformat(),
        "is_simulated": read.roadmap.is_simulated,
        "facts": facts_of(read),
        "moved": [_move(one) for one in read.moves],
        "late": [_late(one) for one in read.late],
        "hurdles": [_hurdle(one) for one in read.hurdles],
        "meetings": [_meeting(one) for one in read.meetings],
        "money": _money(read),
        "indicators": [indicator_told(one) for one in read.in_use],
        "decisions": [_decision(one, read.until) for one in read.decisions],
    }


def facts_of(read: Dashboard) -> list[FactTold]:
    """Four figures, each with what it is counted on."""
    at_work = len(read.plan.at_work)
    under_way = read.count(Status.UNDER_WAY)
    moves = len(read.moves)
    return [
        {
            "label": _("Actions done"),
            "value": f"{read.count(Status.DONE)}",
            "note": _("of %(n)s; %(under_way)s under way")
            % {"n": at_work, "under_way": under_way},
        },
        {
            "label": _("Actions late"),
            "value": f"{len(read.late)}",
            "note": _("of %(n)s") % {"n": at_work},
        },
        {
            "label": _("Actions blocked"),
            "value": f"{len(read.blocked)}",
            "note": _("of %(n)s") % {"n": at_work},
        },
        {
            "label": _("What moved"),
            "value": f"{moves}",
            "note": ngettext(
                "change of status in the period",
                "changes of status in the period",
                moves,
            ),
        },
    ]


def indicator_told(one: FollowedRead) -> IndicatorTold:
    """An indicator: where it started, its last measure, on how many."""
    start, last = one.baseline, one.last
    target = one.row.target
    return {
        "code": one.row.code,
        "name": one.row.said.name,
        "unit": str(one.row.get_unit_display()),
        "start": _number(start.value) if start else None,
        "start_shown": one.started_from or "–",
        "start_on": start.measured_on.isoformat() if start else None,
        "last": _number(last.value) if last else None,
        "last_shown": one.last_value or "–",
        "last_on": last.measured_on.isoformat() if last else None,
        "n": last.n if last else None,
        "target_shown": shown(target, one.row.unit) if target is not None else "–",
        "source": one.row.said.source,
        "progress": evaluation_words.progress(one),
    }


def _move(one: Move) -> MoveTold:
    change = one.change
    return {
        "day": change.changed_on.isoformat(),
        "code": one.action.code,
        "action": one.action.row.description,
        "before": str(change.get_before_display()),
        "after": str(change.get_after_display()),
        "reason": change.reason,
    }


def _late(one: Late) -> LateTold:
    assert one.action.late is not None
    return {
        "pk": one.action.row.pk,
        "code": one.action.code,
        "action": one.action.row.description,
        "lead": one.action.row.lead,
        "late": str(one.action.late.label),
        "days": one.days,
        "reason": one.reason,
    }


def _hurdle(one: Hurdle) -> HurdleTold:
    return {
        "code": one.code,
        "words": one.words,
        "is_action": one.action is not None,
        "by": list(one.by),
    }


def _meeting(one: Meeting) -> MeetingTold:
    day = timezone.localtime(one.starts_at).date()
    return {"day": day.isoformat(), "title": one.title, "place": one.place}


def _money(read: Dashboard) -> MoneyTold:
    found = read.funding
    return {
        "planned": _number(found.plan.total),
        "asked": str(found.sums.asked),
        "granted": str(found.sums.granted),
        "uncosted": found.plan.uncosted,
        "funders": [_funder(one) for one in found.funders],
    }


def _funder(one: Funder) -> FunderTold:
    return {
        "name": one.name,
        "planned": _number(one.budgeted),
        "asked": str(one.sums.asked),
        "granted": str(one.sums.granted),
    }


def _decision(one: ProgressDecision, today: date) -> DecisionTold:
    return {
        "text": one.text,
        "who": one.actor.name if one.actor else "",
        "due": one.due_on.isoformat() if one.due_on else None,
        "is_late": one.is_late(on=today),
    }


def _number(value: Decimal | None) -> str | None:
    found = plain(value)
    return None if found is None else str(found)
