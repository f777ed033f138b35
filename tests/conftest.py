from __future__ import annotations

import os

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import translation

from jalons.hosts import figures as hosts
from tests import prepared

# Playwright keeps an event loop in the thread; the tests' own queries are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Two processes end together when the longest files are not the last; and what runs an
# event loop of its own comes before Playwright's.
FIRST = ("live", "house", "browser", "observatory", "territories", "indicators")
# Two read the pages that test_access opens on both databases, for their markup and for
# what a stranger gets; the third the defects of official files, whose loaders are tried
# on both with small ones, and with the whole geography and the figures carried.
ONCE = ("test_templates", "test_hostile", "test_real_files")


def pytest_collection_modifyitems(items):
    """Mark what reads the database, and begin with the longest."""
    items.sort(key=_rank)
    for item in items:
        is_reader = item.get_closest_marker("django_db") or (
            "django_db_setup" in getattr(item, "fixturenames", ())
        )
        if is_reader and item.path.stem not in ONCE:
            item.add_marker(pytest.mark.database)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """A request leaves its language behind it: a test begins in that of the site."""
    translation.deactivate()


def _rank(item) -> int:
    is_browsed = item.get_closest_marker("browser") is not None
    folder = "browser" if is_browsed else item.path.parent.name
    return FIRST.index(folder) if folder in FIRST else len(FIRST)


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
        connection.creation.destroy_test_db(own, verbosity=0)


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
def _own_folders(settings, tmp_path):
    """Nothing written by a test outlives it."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture(autouse=True)
def _no_host():
    """As in a process that knows who answers for the site: no query asks it again."""
    caches["memory"].set(hosts.KEY, hosts.nobody(), None)
