"""What other apps say of the actions, kept with a version to be compared: what each
waits for, its effort and effect, the money asked and granted for it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypedDict

from django.utils.translation import gettext as _

from jalons.funding.models import Grant
from jalons.roadmaps.figures import Plan
from jalons.roadmaps.money import euros
from jalons.steering.models import Placing, Wait


class GrantTold(TypedDict):
    """A request, without its note; amounts as they are written in the database."""

    funder: str
    state: str
    asked: str
    granted: str | None


class BesideTold(TypedDict):
    """`waits` holds the numbers of the actions awaited, in the database."""

    waits: list[int]
    effort: int | None
    effect: int | None
    grants: list[GrantTold]


def beside_of(plan: Plan) -> dict[str, BesideTold]:
    """For each action, by its number in the database; three queries in all."""
    found: dict[str, BesideTold] = {
        str(one.row.pk): {"waits": [], "effort": None, "effect": None, "grants": []}
        for one in plan.actions
    }
    ours = {"action__workstream__stake__roadmap": plan.roadmap}
    for wait in Wait.objects.filter(**ours):
        found[str(wait.action_id)]["waits"].append(wait.awaited_id)
    for place in Placing.objects.filter(**ours):
        told = found[str(place.action_id)]
        told["effort"], told["effect"] = place.effort, place.effect
    for grant in Grant.objects.filter(**ours):
        found[str(grant.action_id)]["grants"].append(
            {
                "funder": grant.funder,
                "state": grant.state,
                "asked": str(grant.asked),
                "granted": None if grant.granted is None else str(grant.granted),
            }
        )
    return found


def said_of(told: BesideTold, names: Mapping[int, str]) -> dict[str, str]:
    """The same in words; `names` says how each action is called in this version."""
    awaited = (names.get(one, "") for one in told["waits"])
    return {
        _("Waits for"): ", ".join(filter(None, awaited)),
        _("Effort required"): _step(told["effort"]),
        _("Effect expected"): _step(told["effect"]),
        _("Money requested"): " · ".join(map(_request, told["grants"])),
    }


def _step(value: int | None) -> str:
    return "" if value is None else str(Placing.Step(value).label)


def _request(told: GrantTold) -> str:
    state = Grant.State(told["state"]).label
    amount = told["granted"] or told["asked"]
    return f"{told['funder']} {euros(Decimal(amount))} ({state})"
