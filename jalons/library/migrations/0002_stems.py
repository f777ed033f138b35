"""The index of stems, kept up to date by the database itself.

SQLite: an FTS5 table over `library_sheettext.stems`, fed by triggers. A later migration
that rebuilds `library_sheettext` drops these triggers: it must end with `create_index`.
PostgreSQL: a GIN index of the words, without any dictionary: they are stems already.
"""

from __future__ import annotations

from django.db import migrations

CREATE_FTS5 = (
    """
    CREATE VIRTUAL TABLE library_stem USING fts5(
      stems, content='library_sheettext', content_rowid='sheet_id',
      tokenize='unicode61 remove_diacritics 0', detail=none)
    """,
    """
    CREATE TRIGGER library_sheettext_added AFTER INSERT ON library_sheettext BEGIN
      INSERT INTO library_stem(rowid, stems) VALUES (new.sheet_id, new.stems);
    END
    """,
    """
    CREATE TRIGGER library_sheettext_removed AFTER DELETE ON library_sheettext BEGIN
      INSERT INTO library_stem(library_stem, rowid, stems)
        VALUES ('delete', old.sheet_id, old.stems);
    END
    """,
    """
    CREATE TRIGGER library_sheettext_changed AFTER UPDATE OF stems ON library_sheettext
    WHEN old.stems <> new.stems BEGIN
      INSERT INTO library_stem(library_stem, rowid, stems)
        VALUES ('delete', old.sheet_id, old.stems);
      INSERT INTO library_stem(rowid, stems) VALUES (new.sheet_id, new.stems);
    END
    """,
    "INSERT INTO library_stem(library_stem) VALUES ('rebuild')",
)
DROP_FTS5 = (
    "DROP TRIGGER IF EXISTS library_sheettext_added",
    "DROP TRIGGER IF EXISTS library_sheettext_removed",
    "DROP TRIGGER IF EXISTS library_sheettext_changed",
    "DROP TABLE IF EXISTS library_stem",
)
CREATE_GIN = (
    """
    CREATE INDEX library_sheettext_words ON library_sheettext
      USING gin (to_tsvector('simple', stems))
    """,
)
DROP_GIN = ("DROP INDEX IF EXISTS library_sheettext_words",)


def create_index(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    _run(schema_editor, CREATE_FTS5 if is_sqlite else CREATE_GIN)


def drop_index(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    _run(schema_editor, DROP_FTS5 if is_sqlite else DROP_GIN)


def _run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(create_index, drop_index)]
