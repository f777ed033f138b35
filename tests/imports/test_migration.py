"""Files that waited before the app existed are still there after it."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from jalons.files.models import StoredFile
from jalons.imports.models import PendingImport
from tests.factories import make_campaign, make_user


@pytest.mark.django_db(transaction=True)
def test_a_file_waiting_to_be_confirmed_survives_the_move():
    stored = StoredFile.objects.create(
        kind="answers", name="a.csv", size=1, file=ContentFile(b"a", name="a.csv")
    )
    PendingImport.objects.create(
        campaign=make_campaign(),
        stored=stored,
        mapping="m",
        mapping_name="m.toml",
        given_by=make_user(),
    )
    loader = MigrationLoader(connection)
    before = loader.project_state(("surveys", "0001_initial"))
    move = loader.get_migration("surveys", "0002_imports_leave")

    with connection.schema_editor() as editor:
        move.unapply(before.clone(), editor)
    assert "surveys_pendingimport" in connection.introspection.table_names()
    with connection.schema_editor() as editor:
        move.apply(before.clone(), editor)

    assert ["a.csv"] == [waiting.stored.name for waiting in PendingImport.objects.all()]
