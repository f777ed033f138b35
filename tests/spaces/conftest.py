from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.factories import make_space, make_user


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


@pytest.fixture
def owner(db):
    return make_user(name="Camille", email="camille@exemple.fr")


@pytest.fixture
def reader(db):
    return make_user(name="Sacha", email="sacha@exemple.fr")


@pytest.fixture
def space(owner, reader):
    return make_space(owner=owner, reader=reader)
