"""What a roadmap changed, in plain values: page, documents, files say the same.

A contribution, never a proof: each change stands with on how many it rests, what chance
alone could give, and what else may explain it. Missing is None, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import get_language

from jalons.evaluation.figures import followed_of
from jalons.evaluation.models import Review
from jalons.followup.figures import Dashboard, dashboard_of
from jalons.followup.telling import MoneyTold, told_of
from jalons.impact.changes import ChangeTold, change_told
from jalons.impact.models import ImpactPage
from jalons.impact.national import NationalTold, national_of
from jalons.impact.press import FigureTold, figures_of
from jalons.roadmaps.figures import ActionRead
from jalons.roadmaps.models import Action

Status = Action.Status


class ActionTold(TypedDict):
    code: str
    words: str
    status: str
    reason: str


class JudgedTold(TypedDict):
    day: str
    unexpected: str
    negative: str


class ImpactTold(TypedDict):
    title: str
    territory: str
    team: str
    since: str
    until: str
    told_on: str
    is_simulated: bool
    # In which language what follows was written and worked out.
    language: str
    done: str
    failed: str
    further: str
    counts: dict[str, int]
    actions_done: Sequence[ActionTold]
    actions_stopped: Sequence[ActionTold]
    judged: Sequence[JudgedTold]
    changes: Sequence[ChangeTold]
    money: MoneyTold
    national: NationalTold
    figures: Sequence[FigureTold]
    # Story cards shown, by number; those taken back since are left out when read.
    cards: Sequence[int]


def impact_of(page: ImpactPage) -> ImpactTold:
    """Everything the page says on the day it is composed."""
    roadmap, today = page.roadmap, timezone.localdate()
    read = dashboard_of(roadmap, since=page.since, on=today)
    money = told_of(read)["money"]
    followed = followed_of(roadmap, on=page.until)
    changes = [change_told(one) for one in followed if not one.is_retired and one.last]
    told: ImpactTold = {
        "title": roadmap.title,
        "territory": roadmap.territory_name,
        "team": roadmap.space.name,
        "since": page.since.isoformat(),
        "until": page.until.isoformat(),
        "told_on": today.isoformat(),
        "is_simulated": roadmap.is_simulated,
        "language": get_language() or "fr",
        "done": page.done,
        "failed": page.failed,
        "further": page.further,
        "counts": {
            "actions": len(read.plan.at_work),
            "done": read.count(Status.DONE),
            "under_way": read.count(Status.UNDER_WAY),
        },
        "actions_done": _actions(read, Status.DONE),
        "actions_stopped": _actions(read, Status.SUSPENDED, Status.DROPPED),
        "judged": _judged(page),
        "changes": changes,
        "money": money,
        "national": national_of(roadmap, followed, on=today),
        "figures": [],
        "cards": list(
            page.cards.filter(withdrawn_at=None).values_list("pk", flat=True)
        ),
    }
    told["figures"] = figures_of(told["territory"], told["counts"], changes, money)
    return told


def _actions(read: Dashboard, *statuses: Status) -> list[ActionTold]:
    reasons = {one.action_id: one.reason for one in read.changes}
    return [
        _action(one, reasons.get(one.row.pk, ""))
        for one in read.plan.actions
        if one.row.status in statuses
    ]


def _action(one: ActionRead, reason: str) -> ActionTold:
    return {
        "code": one.code,
        "words": one.row.description,
        "status": str(one.row.get_status_display()),
        "reason": reason,
    }


def _judged(page: ImpactPage) -> list[JudgedTold]:
    """What the reviews of the period found that nobody wished or expected."""
    rows = Review.objects.filter(
        evaluation__roadmap=page.roadmap_id,
        held_on__range=(page.since, page.until),
    ).exclude(unexpected="", negative="")
    return [
        {
            "day": one.held_on.isoformat(),
            "unexpected": one.unexpected,
            "negative": one.negative,
        }
        for one in rows.order_by("held_on", "pk")
    ]
