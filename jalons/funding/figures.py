"""The funding plan: what is asked, granted and refused, beside what the budget says.

The budget is read where the roadmap reads it, so that its totals are the same; where it
and the answers differ, the plan says so and corrects nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jalons.funding.models import Grant
from jalons.roadmaps.figures import ActionRead, Plan

State = Grant.State


@dataclass(frozen=True, slots=True)
class Gap:
    """A funder that granted another amount than the budget says; None: to be costed."""

    grant: Grant
    granted: Decimal
    budgeted: Decimal | None


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts asked and waiting, granted, refused."""

    asked: Decimal
    granted: Decimal
    refused: Decimal


@dataclass(frozen=True, slots=True)
class ActionFunding:
    """An action, its budget and what was asked for it."""

    action: ActionRead
    grants: Sequence[Grant]
    sums: Sums
    gaps: Sequence[Gap]

    @property
    def total(self) -> Decimal | None:
        """The amounts known of its budget; None when there is none."""
        known = [one.amount for one in self.action.budget if one.amount is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class Funder:
    """What one funder is asked, grants and refuses in all, and what is counted on."""

    name: str
    budgeted: Decimal | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class FundingPlan:
    """That of a whole roadmap; actions given up count for nothing, as in its budget."""

    plan: Plan
    actions: Sequence[ActionFunding]
    funders: Sequence[Funder]
    sums: Sums

    @property
    def left(self) -> Decimal | None:
        """What the budget says and nobody granted yet; None when nothing is costed."""
        total = self.plan.total
        return None if total is None else max(total - self.sums.granted, Decimal(0))

    @property
    def gaps(self) -> list[Gap]:
        return [gap for one in self.actions for gap in one.gaps]


def funding_of(plan: Plan) -> FundingPlan:
    """The plan of a roadmap, in one query more than the roadmap itself."""
    every = Grant.objects.filter(
        action__workstream__stake__roadmap=plan.roadmap
    ).select_related("scheme")
    grants: defaultdict[int, list[Grant]] = defaultdict(list)
    for one in every:
        grants[one.action_id].append(one)
    actions = [_action(one, grants[one.row.pk]) for one in plan.at_work]
    counted = [grant for one in actions for grant in one.grants]
    return FundingPlan(plan, actions, _funders(plan, counted), sums_of(counted))


def _action(action: ActionRead, grants: Sequence[Grant]) -> ActionFunding:
    return ActionFunding(action, grants, sums_of(grants), _gaps(action, grants))


def sums_of(grants: Iterable[Grant]) -> Sums:
    """Asked, granted and refused, added up."""
    held = list(grants)
    asked, granted, refused = (
        sum((one.counted(state) for one in held), Decimal(0))
        for state in (State.ASKED, State.GRANTED, State.REFUSED)
    )
    return Sums(asked, granted, refused)


def _gaps(action: ActionRead, grants: Sequence[Grant]) -> list[Gap]:
    """By funder: what it granted in all, when the budget says another amount."""
    granted: defaultdict[str, list[Grant]] = defaultdict(list)
    for one in grants:
        if one.state == State.GRANTED:
            granted[one.funder.casefold()].append(one)
    found = []
    for key, held in granted.items():
        amount = sums_of(held).granted
        lines = [one for one in action.budget if one.funder.casefold() == key]
        known = [one.amount for one in lines if one.amount is not None]
        budgeted = sum(known, Decimal(0)) if known else None
        if budgeted != amount:
            found.append(Gap(held[0], amount, budgeted))
    return found


def _funders(plan: Plan, grants: Iterable[Grant]) -> list[Funder]:
    """Those of the budget in its order, then those who were asked only."""
    asked: defaultdict[str, list[Grant]] = defaultdict(list)
    for one in grants:
        asked[one.funder.casefold()].append(one)
    found = [
        Funder(one.funder, one.amount, sums_of(asked.pop(one.funder.casefold(), ())))
        for one in plan.funders
    ]
    rest = [Funder(held[0].funder, None, sums_of(held)) for held in asked.values()]
    return [*found, *rest]
