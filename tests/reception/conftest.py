from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.cache import cache

from jalons.accounts.models import User
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from tests.factories import make_space, make_territory, make_user
from tests.reception.desk import index, make_place


@dataclass(frozen=True)
class Centre:
    space: Space
    officer: User
    reader: User
    epci: Territory
    commune: Territory


@pytest.fixture
def centre(db) -> Centre:
    """A centre, one EPCI that it follows, one commune of it."""
    officer, reader = make_user("Chargée"), make_user("Lectrice")
    region = make_territory("Région d’Exemple", kind="region", code="R96")
    space = make_space(territory=region, owner=officer, reader=reader)
    Space.objects.filter(pk=space.pk).update(kind=Space.Kind.RESOURCE_CENTRE)
    space.refresh_from_db()
    epci = make_place(space, "CC des Deux Vallées")
    commune = make_territory("Trifouillis", kind="commune")
    for group in (epci, space.territory):
        commune.memberships.create(group=group, since=2020)
    index(commune)
    return Centre(space, officer, reader, epci, commune)


@pytest.fixture(autouse=True)
def _no_limit_kept(db):
    cache.clear()
    yield
    cache.clear()
