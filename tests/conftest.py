from __future__ import annotations

import os

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import translation

from jalons.hosts import figures as hosts
from jalons.statements import figures as statements
from jalons.statements.models import Level
from tests import prepared
from tests.deployment import deployment as deployment
from tests.deployment import place as place
from tests.folders import empty_folder as empty_folder
from tests.folders import own_folders as own_folders
from tests.ordering import (
    pytest_collection_finish as pytest_collection_finish,
)
from tests.ordering import (
    pytest_collection_modifyitems as pytest_collection_modifyitems,
)

# Playwright keeps an event loop in the thread; the tests' own queries are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """A request leaves its language behind it: a test begins in that of the site."""
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_modify_db_settings
):
    """The database of a process is a copy of one that was migrated once."""
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        prepared.use_copy()
    yield
    with django_db_blocker.unblock():
        prepared.drop_copy(own)


@pytest.fixture(scope="module")
def module_rows(django_db_setup, django_db_blocker):
    """What the fixtures of a module write lasts as long as it, and is undone after."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def migrated(django_db_setup):
    """The empty database as a SQLite file, for those who start a site of their own."""
    if connection.vendor != "sqlite":
        pytest.skip("such a site has its own SQLite file")
    return prepared.file()


@pytest.fixture(autouse=True)
def _no_host():
    """As in a process that knows who answers for the site: no query asks it again."""
    caches["memory"].set(hosts.KEY, hosts.nobody(), None)
    caches["memory"].set(statements.KEY, Level.NONE, None)
