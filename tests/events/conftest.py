from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.factories import make_space, make_user


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission", "officier@exemple.fr")


@pytest.fixture
def reader(db):
    return make_user("Lectrice", "lectrice@exemple.fr")


@pytest.fixture
def space(officer, reader):
    return make_space(owner=officer, reader=reader)


@pytest.fixture(autouse=True)
def _no_limit_kept(db):
    cache.clear()
    yield
    cache.clear()
