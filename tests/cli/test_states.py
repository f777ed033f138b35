"""Migrations that draw fewer classes make the same tables, and show the same models."""

from __future__ import annotations

import pytest
from django.db import ConnectionHandler, migrations, models
from django.db.migrations.state import ProjectState

from jalons.cli.states import LeanState

KEY = ("id", models.AutoField(primary_key=True))
CASCADE = models.CASCADE
ACTIONS = "invented.action"


def to(model, **options):
    return models.ForeignKey(f"invented.{model}", CASCADE, **options)


OPERATIONS = [
    migrations.CreateModel("Space", [KEY, ("name", models.CharField(max_length=9))]),
    migrations.CreateModel("Action", [KEY, ("space", to("space"))]),
    migrations.CreateModel("Note", [KEY, ("action", to("action"))]),
    migrations.AddField("action", "budget", models.IntegerField(default=0)),
    migrations.AddField("action", "after", to("action", null=True)),
    migrations.AddField("space", "first", to("note", null=True, related_name="+")),
    migrations.AddField("note", "spaces", models.ManyToManyField("invented.space")),
    migrations.AddConstraint(
        "action", models.UniqueConstraint(fields=["space", "budget"], name="once")
    ),
    migrations.AddIndex("action", models.Index(fields=["budget"], name="by_budget")),
    migrations.AlterField("space", "id", models.CharField(max_length=5, primary_key=1)),
    migrations.RemoveConstraint("action", "once"),
    migrations.RenameIndex("action", new_name="by_cost", old_name="by_budget"),
    migrations.RemoveIndex("action", "by_cost"),
    migrations.RenameField("action", "budget", "cost"),
    migrations.RenameModel("note", "remark"),
    migrations.AlterField("action", "space", to("space", null=True)),
    migrations.RemoveField("action", "after"),
    migrations.AlterModelOptions("action", {"verbose_name": "action"}),
]


@pytest.fixture
def file(tmp_path, db):
    """A file of SQLite of its own: tables are not made inside a transaction."""
    engine, name = "django.db.backends.sqlite3", tmp_path / "one.sqlite3"
    databases = ConnectionHandler({"default": {"ENGINE": engine, "NAME": name}})
    yield databases["default"]
    databases.close_all()


def relations(apps):
    """Each relation of each model, and whether both ends are the classes of the day."""
    return {
        (model.__name__, field.name): (
            field.related_model.__name__,
            field.related_model is apps.get_model(field.related_model._meta.label),
        )
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation
    }


def played(file, state):
    """The tables after all operations, and what a function sees after each."""
    seen = []
    look = migrations.RunPython(lambda apps, _editor: seen.append(relations(apps)))
    migration = migrations.Migration("0001", "invented")
    migration.operations = [one for each in OPERATIONS for one in (each, look)]
    assert state.apps is not None  # Django draws all before it begins
    with file.schema_editor() as editor:
        migration.apply(state, editor)
    with file.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
        return cursor.fetchall(), seen


def test_lean_states_make_the_tables_that_django_makes(file, tmp_path):
    lean, lean_seen = played(file, LeanState())
    file.close()
    (tmp_path / "one.sqlite3").unlink()

    tables, seen = played(file, ProjectState())

    assert 6 <= len(tables)
    assert tables == lean
    assert seen == lean_seen
    assert all(
        is_of_the_day for look in lean_seen for _, is_of_the_day in look.values()
    )


def test_an_operation_draws_its_own_model_and_no_other(file):
    state = LeanState()
    migration = migrations.Migration("0001", "invented")
    migration.operations = OPERATIONS[:3]
    assert state.apps is not None
    with file.schema_editor() as editor:
        migration.apply(state, editor)
    space = state.apps.get_model("invented.space")

    OPERATIONS[3].state_forwards("invented", state)

    assert state.apps.get_model("invented.space") is space
    assert state.apps.get_model(ACTIONS)._meta.get_field("budget")
