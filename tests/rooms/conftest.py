from __future__ import annotations

import pytest

from tests.factories import make_space, make_user
from tests.workshops.rooms import make_workshop


@pytest.fixture
def officer():
    return make_user("Chargée de mission")


@pytest.fixture
def workshop(officer):
    return make_workshop(make_space(owner=officer), by=officer)
