from __future__ import annotations

import pytest

from tests.actors.people import make_actor
from tests.factories import make_space, make_user


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture
def actor(space, officer):
    return make_actor(space, "CCAS d’Exemple", by=officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client
