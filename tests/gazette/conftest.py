from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.cache import cache

from jalons.accounts.models import User
from jalons.spaces.models import Space
from tests.factories import make_space, make_user


@dataclass(frozen=True)
class Desk:
    space: Space
    officer: User
    reader: User


@pytest.fixture
def desk(db) -> Desk:
    officer, reader = make_user("Chargée"), make_user("Lectrice")
    space = make_space(owner=officer, reader=reader)
    Space.objects.filter(pk=space.pk).update(kind=Space.Kind.RESOURCE_CENTRE)
    space.refresh_from_db()
    return Desk(space, officer, reader)


@pytest.fixture(autouse=True)
def _no_limit_kept(db):
    cache.clear()
    yield
    cache.clear()
