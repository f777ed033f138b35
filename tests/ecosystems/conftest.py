from __future__ import annotations

import pytest

from tests.factories import make_space, make_user


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)
