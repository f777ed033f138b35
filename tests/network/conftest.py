from __future__ import annotations

from copy import deepcopy

import pytest

from tests.network.centre import Centre, make_centre


@pytest.fixture(scope="module")
def made(module_rows) -> Centre:
    return make_centre()


@pytest.fixture
def centre(made, db) -> Centre:
    return deepcopy(made)


@pytest.fixture
def signed_in(client, centre):
    client.force_login(centre.officer)
    return client
