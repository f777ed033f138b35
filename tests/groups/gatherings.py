"""Groups for the tests, noted as a team notes them."""

from __future__ import annotations

import itertools
from datetime import date

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.groups import operations
from jalons.groups.models import Group, Seat
from jalons.spaces.models import Space

_numbers = itertools.count(1)
BEGUN = date(2025, 1, 10)


def make_group(space: Space, name: str = "", *, by: User, **fields: object) -> Group:
    given = {
        "kind": Group.Kind.NETWORK,
        "purpose": "Se parler avant d’agir",
        "territory": space.territory,
        "begun_on": BEGUN,
        **fields,
    }
    group = Group(space=space, name=name or f"Réseau {next(_numbers)}", **given)
    return operations.save_group(group, by=by)


def join(group: Group, actor: Actor, *, by: User, **fields: object) -> Seat:
    seat = Seat(group=group, actor=actor, **{"since": BEGUN, **fields})
    return operations.save_seat(seat, by=by)
