from __future__ import annotations

import pytest

from tests.factories import make_space, make_user


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission", "officer@exemple.fr")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture
def desk(client, officer):
    """The officer, signed in."""
    client.force_login(officer)
    return client
