from __future__ import annotations

from copy import deepcopy

import pytest
from django.test import Client

from jalons.accounts.models import User
from tests.network.centre import Centre, make_centre
from tests.pairing.teams import Teams, make_teams


@pytest.fixture(scope="module")
def made(module_rows) -> Teams:
    return make_teams(make_centre())


@pytest.fixture
def teams(made, db) -> Teams:
    return deepcopy(made)


@pytest.fixture
def centre(teams) -> Centre:
    return teams.centre


@pytest.fixture
def enter():
    """`enter(user)`: their own browser."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
