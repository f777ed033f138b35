"""`jalons demo` on a database that is not of this version."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from jalons.demo.management.commands.demo import is_behind


def test_an_older_database_is_told_what_to_do_and_left_as_it_is(db):
    assert not is_behind()
    MigrationRecorder(connection).record_unapplied(
        "funding", "0002_what_aides_territoires_offers"
    )

    with pytest.raises(CommandError, match="make setup"):
        call_command("demo")
