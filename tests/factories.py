"""One small factory a model; each makes the least that its test needs."""

from __future__ import annotations

import itertools

from jalons.accounts.models import User
from jalons.spaces.models import Membership, Role, Space
from jalons.territories.models import Territory

_numbers = itertools.count(1)


def make_user(name: str = "Camille", email: str = "") -> User:
    email = email or f"personne{next(_numbers)}@exemple.fr"
    return User.objects.create_user(email=email, name=name)


def make_territory(
    name: str = "CC d’Exemple", kind: str = Territory.Kind.EPCI, code: str = ""
) -> Territory:
    code = code or f"{900000000 + next(_numbers)}"
    return Territory.objects.create(code=code, kind=kind, name=name)


def make_space(*, territory: Territory | None = None, **members: User) -> Space:
    """A space; members by role: `make_space(owner=camille, reader=sacha)`."""
    space = Space.objects.create(
        name="Équipe d’Exemple",
        kind=Space.Kind.TEAM,
        territory=territory or make_territory(),
    )
    for role, user in members.items():
        Membership.objects.create(space=space, user=user, role=Role(role))
    return space
