from __future__ import annotations

import pytest

from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture
def roadmap(space, officer):
    return make_roadmap(space, by=officer)


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client
