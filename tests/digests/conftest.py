from __future__ import annotations

import pytest

from tests.factories import make_space, make_user
from tests.mail.server import smtp

__all__ = ["smtp"]


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission", "officer@exemple.fr")


@pytest.fixture
def colleague(db):
    return make_user("Collègue", "collegue@exemple.fr")


@pytest.fixture
def space(officer, colleague):
    return make_space(owner=officer, reader=colleague)


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client
