"""What a migration does while the site goes on serving."""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex


class AddIndexWhileServing(AddIndexConcurrently):
    """An index that nobody waits for; SQLite, which cannot, makes it plainly.

    The migration says `atomic = False`.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        does = self._of(schema_editor)
        does.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        does = self._of(schema_editor)
        does.database_backwards(self, app_label, schema_editor, from_state, to_state)

    def _of(self, schema_editor):
        is_postgres = schema_editor.connection.vendor == "postgresql"
        return AddIndexConcurrently if is_postgres else AddIndex
