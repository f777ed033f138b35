"""A site of the version before is put back, brought to this one, and is whole."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from jalons.cli import archives, engines, pulse
from jalons.cli.operations import restore_backup
from jalons.surveys.models import Response
from tests.cli.site import own_database
from tests.cli.test_backup import KEY

# Made by `python -m benchmarks.faults.former`, each for its database.
FORMER = Path(__file__).resolve().parents[1] / "upgrade"
# What Django writes by itself as tables and models come.
OF_DJANGO = ("django_", "auth_permission", "sqlite_")


@pytest.fixture
def saved() -> Path:
    return FORMER / f"{connection.vendor}.zip"


@pytest.fixture
def empty(tmp_path, settings, django_db_setup, django_db_blocker):
    settings.BACKUP_KEY = KEY
    with django_db_blocker.unblock(), own_database(tmp_path, "upgrade", is_empty=True):
        yield


def rows_of(tables: engines.Tables) -> dict[str, int]:
    return {
        name: table.rows
        for name, table in tables.items()
        if table.rows and not name.startswith(OF_DJANGO)
    }


def test_a_site_of_the_version_before_becomes_one_of_this_version(saved, empty, client):
    with archives.opened(saved) as archive:
        before = rows_of(archives.read_manifest(archive, KEY).tables)
    done = restore_backup(saved, key=KEY)
    assert done.pending

    call_command("migrate", verbosity=0, stdout=StringIO())

    after = rows_of(engines.tables())
    assert before["surveys_response"] == 12
    assert before == {name: after.get(name) for name in before}
    assert pulse.pending_migrations() == 0
    call_command("createcachetable")
    found = {line.about: line.state for line in pulse.database(timezone.now())}
    assert "wrong" not in found.values()
    answers = Response.objects.filter(campaign__slug="ancienne")
    assert ["yes"] * 12 == [one.answers["P2"] for one in answers]
    assert client.get(reverse("front:home")).status_code == 200
