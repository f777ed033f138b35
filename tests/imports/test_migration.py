"""Files that waited before the app existed are still there after it."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from jalons.files.models import StoredFile
from jalons.imports.models import ImportBatch
from tests.factories import make_campaign, make_user

STEPS = (
    ("imports", "0002_import_batch", ("imports", "0001_initial")),
    ("surveys", "0002_imports_leave", ("surveys", "0001_initial")),
)


@pytest.mark.django_db(transaction=True)
def test_a_file_waiting_to_be_confirmed_survives_the_move():
    stored = StoredFile.objects.create(
        kind="answers", name="a.csv", size=1, file=ContentFile(b"a", name="a.csv")
    )
    ImportBatch.objects.create(
        campaign=make_campaign(), stored=stored, mapping="m", given_by=make_user()
    )
    loader = MigrationLoader(connection)
    steps = [
        (loader.get_migration(app, name), loader.project_state(before))
        for app, name, before in STEPS
    ]

    for migration, before in steps:
        with connection.schema_editor() as editor:
            migration.unapply(before.clone(), editor)
    assert "surveys_pendingimport" in connection.introspection.table_names()
    for migration, before in reversed(steps):
        with connection.schema_editor() as editor:
            migration.apply(before.clone(), editor)

    kept = ImportBatch.objects.get()
    assert ("a.csv", "m", ImportBatch.State.TO_CHECK) == (
        kept.file_name,
        kept.mapping,
        kept.state,
    )
