from __future__ import annotations

import pytest

from tests.factories import make_space, make_user
from tests.workshops.rooms import make_workshop


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture
def workshop(space, officer):
    return make_workshop(space, by=officer)
