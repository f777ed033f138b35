"""The migrations, run for real, make the tables that the models describe."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

MODELS = [m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy]
COLUMNS = {
    "sqlite": 'SELECT name, "notnull" = 0 FROM pragma_table_info(%s)',
    "postgresql": """
        SELECT column_name, is_nullable = 'YES'
        FROM information_schema.columns WHERE table_name = %s
    """,
}
# A constraint of SQLite has no row of its own: its name is in the text of its table.
NAMES = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": """
        SELECT '"' || conname || '"' FROM pg_constraint
        UNION ALL SELECT '"' || indexname || '"' FROM pg_indexes
    """,
}


def described(model) -> dict[str, bool]:
    """The columns of a model, and whether each may be empty."""
    return {field.column: field.null for field in model._meta.local_concrete_fields}


def made(cursor, model) -> dict[str, bool]:
    cursor.execute(COLUMNS[connection.vendor], [model._meta.db_table])
    return {name: bool(is_nullable) for name, is_nullable in cursor.fetchall()}


def keys(model) -> dict[str, tuple[str, str]]:
    """The columns that point to another table, and where."""
    return {
        field.column: (field.target_field.column, field.related_model._meta.db_table)
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.db_constraint
    }


@pytest.mark.django_db
def test_every_column_is_there_with_its_right_to_be_empty():
    with connection.cursor() as cursor:
        tables = {model._meta.label: made(cursor, model) for model in MODELS}

    assert {model._meta.label: described(model) for model in MODELS} == tables


@pytest.mark.django_db
def test_every_key_points_where_its_model_says():
    with connection.cursor() as cursor:
        pointing = {
            model._meta.label: {
                column: tuple(target)[:2]
                for column, target in connection.introspection.get_relations(
                    cursor, model._meta.db_table
                ).items()
            }
            for model in MODELS
        }

    assert {model._meta.label: keys(model) for model in MODELS} == pointing


@pytest.mark.django_db
def test_every_constraint_and_index_that_has_a_name_is_there():
    named = {
        one.name
        for model in MODELS
        for one in [*model._meta.constraints, *model._meta.indexes]
    }

    with connection.cursor() as cursor:
        cursor.execute(NAMES[connection.vendor])
        text = " ".join(row[0] for row in cursor.fetchall())

    assert named
    assert set() == {name for name in named if f'"{name}"' not in text}
