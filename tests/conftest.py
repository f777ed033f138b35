from __future__ import annotations

import os

import pytest
from django.db import connection

from tests import prepared

# Playwright keeps an event loop in the thread; the tests' own queries are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


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
