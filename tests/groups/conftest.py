from __future__ import annotations

import pytest

from tests.actors.people import make_actor
from tests.factories import make_space, make_user
from tests.groups.gatherings import make_group


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission", "officer@exemple.fr")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture
def actor(space, officer):
    return make_actor(space, "CCAS d’Exemple", by=officer)


@pytest.fixture
def group(space, officer):
    return make_group(space, by=officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client
