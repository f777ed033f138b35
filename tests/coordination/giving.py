"""Bodies and contributions for the tests, noted as a team notes them."""

from __future__ import annotations

from decimal import Decimal

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.coordination import operations
from jalons.coordination.models import Body, Contribution, OnlineService
from jalons.groups.models import Group


def make_body(group: Group, *, by: User, **fields: str) -> Body:
    given = {"level": "strategic", "rhythm": "quarter", **fields}
    return operations.save_body(Body(group=group, **given), by=by)


def make_contribution(
    actor: Actor, value: int | None = None, *, by: User, **fields: object
) -> Contribution:
    """`make_contribution(actor, 500, state="given")`."""
    given = {"kind": "cash", "what": "Une part", "year": 2026, "state": "promised"}
    amount = None if value is None else Decimal(value)
    row = Contribution(space=actor.space, actor=actor, value=amount, **given | fields)
    return operations.save_contribution(row, by=by)


def make_service(actor: Actor, what: str = "Déclarer", *, by: User) -> OnlineService:
    return operations.note_online_service(OnlineService(actor=actor, what=what), by=by)
