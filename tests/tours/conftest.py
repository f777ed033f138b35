from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from jalons.territories.models import Membership
from tests.actors.people import make_actor
from tests.directory.places import assert_rows_follow, make_commune
from tests.factories import make_space, make_user


@pytest.fixture(autouse=True)
def _november():
    moment = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Europe/Paris"))
    with time_machine.travel(moment, tick=False):
        yield


@pytest.fixture(autouse=True)
def _searches_follow(db):
    """Whatever a test did, what searches read is what places say."""
    yield
    assert_rows_follow()


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    made = make_space(owner=officer)
    Membership.objects.create(member=make_commune(), group=made.territory, since=2026)
    return made


@pytest.fixture
def actor(space, officer):
    return make_actor(space, "Bus d’Exemple", by=officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client
