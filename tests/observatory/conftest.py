from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.observatory.example import Example, make_example


@pytest.fixture(autouse=True)
def _nothing_cached(db):
    cache.clear()


@pytest.fixture
def example(db) -> Example:
    """The survey closed, classes announced, eight of ten EPCI validated."""
    return make_example()
