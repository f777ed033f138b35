"""Actors for the tests, made as a user makes them."""

from __future__ import annotations

import itertools

from jalons.accounts.models import User
from jalons.actors import operations
from jalons.actors.filling import Change
from jalons.actors.grids import ROLES
from jalons.actors.models import Actor
from jalons.actors.vocabulary import read_vocabulary
from jalons.spaces.models import Space

_numbers = itertools.count(1)


def make_actor(
    space: Space,
    name: str = "",
    *,
    by: User,
    family: str = "associations",
    **fields: object,
) -> Actor:
    college = read_vocabulary().families[family].college
    name = name or f"Acteur {next(_numbers)}"
    actor = Actor(space=space, name=name, family=family, college=college, **fields)
    return operations.add_actor(actor, by=by)


def state(actor: Actor, *, by: User, **levels: str) -> None:
    """`state(actor, by=officer, former="does")`."""
    changes = [Change(actor.pk, role, "", level) for role, level in levels.items()]
    operations.fill_in(actor.space, ROLES, changes, by=by)
