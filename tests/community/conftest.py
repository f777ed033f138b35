from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import make_space, make_user


@pytest.fixture
def people(db):
    """A coordinator, two mediators and a reader of one space."""
    return {
        "owner": make_user("Coordination", "coordination@exemple.fr"),
        "contributor": make_user("Médiatrice", "mediatrice@exemple.fr"),
        "editor": make_user("Animation", "animation@exemple.fr"),
        "reader": make_user("Élu", "elu@exemple.fr"),
    }


@pytest.fixture
def space(people):
    return make_space(**people)


@pytest.fixture
def as_(people):
    """`as_("reader").get(…)`: a browser signed in as this member."""

    def client(role: str) -> Client:
        browser = Client()
        browser.force_login(people[role])
        return browser

    return client


@pytest.fixture(autouse=True)
def _no_limit_kept(db):
    cache.clear()
    yield
    cache.clear()
