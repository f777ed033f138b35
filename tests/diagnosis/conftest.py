from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.diagnosis.land import Land, make_land


@pytest.fixture(autouse=True)
def _nothing_cached(db):
    cache.clear()


@pytest.fixture
def land(db) -> Land:
    return make_land()


@pytest.fixture
def in_french():
    with translation.override("fr"):
        yield
