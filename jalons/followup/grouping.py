"""The actions of a roadmap by workstream, by partner, by commune."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.followup.figures import Dashboard
from jalons.roadmaps.figures import ActionRead
from jalons.roadmaps.models import Action

Status = Action.Status


class By(models.TextChoices):
    """How a dashboard may be read; the address names one."""

    WORKSTREAMS = "chantiers", gettext_lazy("by workstream")
    PARTNERS = "partenaires", gettext_lazy("by partner")
    COMMUNES = "communes", gettext_lazy("by commune")


@dataclass(frozen=True, slots=True)
class Group:
    """Several actions together; an action may stand in several groups.

    `planned` is the money of the budget; None where none is known, or where adding it
    up would count it several times.
    """

    name: str
    actions: Sequence[ActionRead]
    blocked: int
    planned: Decimal | None = None

    @property
    def done(self) -> int:
        return self._count(Status.DONE)

    @property
    def under_way(self) -> int:
        return self._count(Status.UNDER_WAY)

    @property
    def late(self) -> int:
        return sum(one.late is not None for one in self.actions)

    def _count(self, status: Status) -> int:
        return sum(one.row.status == status for one in self.actions)


def groups_of(read: Dashboard, by: By) -> list[Group]:
    """The actions that were not given up, gathered in one of the three ways."""
    match by:
        case By.WORKSTREAMS:
            return _by_workstream(read)
        case By.PARTNERS:
            return _by_partner(read)
        case By.COMMUNES:
            return _by_commune(read)


def _by_workstream(read: Dashboard) -> list[Group]:
    return [
        _group(read, f"{one.code} {one.row.title}", one.at_work, _planned(one.at_work))
        for one in read.plan.workstreams
    ]


def _by_partner(read: Dashboard) -> list[Group]:
    """Under the name first written; what each brings as a funder."""
    brings = {one.funder.casefold(): one.amount for one in read.plan.funders}
    found: dict[str, tuple[str, dict[int, ActionRead]]] = {}
    for action in read.plan.at_work:
        for name in filter(None, (action.row.lead, *action.partners)):
            _name, held = found.setdefault(name.casefold(), (name, {}))
            held[action.row.pk] = action
    groups = [
        _group(read, name, list(held.values()), brings.get(key))
        for key, (name, held) in found.items()
    ]
    return sorted(groups, key=lambda one: (-len(one.actions), one.name.casefold()))


def _by_commune(read: Dashboard) -> list[Group]:
    """By name; those of which no commune is said come last, all together."""
    found: dict[str, list[ActionRead]] = {}
    everywhere = []
    for action in read.plan.at_work:
        names = read.communes.get(action.row.pk, ())
        for name in names:
            found.setdefault(name, []).append(action)
        if not names:
            everywhere.append(action)
    groups = [_group(read, name, found[name]) for name in sorted(found)]
    if everywhere:
        groups.append(_group(read, _("The whole territory"), everywhere))
    return groups


def _group(
    read: Dashboard,
    name: str,
    actions: Sequence[ActionRead],
    planned: Decimal | None = None,
) -> Group:
    stuck = {one.action.row.pk for one in read.blocked if one.action}
    blocked = sum(one.row.pk in stuck for one in actions)
    return Group(name, actions, blocked, planned)


def _planned(actions: Iterable[ActionRead]) -> Decimal | None:
    lines = [line.amount for one in actions for line in one.budget]
    known = [one for one in lines if one is not None]
    return sum(known, Decimal(0)) if known else None


def named(by: str) -> By:
    """What an address asks for; anything else is read by workstream."""
    known: Mapping[str, By] = {one.value: one for one in By}
    return known.get(by, By.WORKSTREAMS)
