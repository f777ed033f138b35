from __future__ import annotations

import pytest
from django.core.cache import cache

from jalons.territories.models import CURRENT_YEAR, Membership
from tests.directory.places import make_commune
from tests.factories import make_space, make_territory, make_user


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission", "officer@exemple.fr")


@pytest.fixture
def team(officer):
    """A team whose territory holds Bordeaux, which the search finds."""
    epci = make_territory("Métropole d’Exemple")
    Membership.objects.create(member=make_commune(), group=epci, since=CURRENT_YEAR)
    return make_space(territory=epci, owner=officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture(autouse=True)
def _no_limit_kept(db):
    cache.clear()
    yield
    cache.clear()
