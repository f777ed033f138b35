"""A migration lets the version before it go on, and holds no table for long.

While a site is deployed, both versions run on the new tables. What is forbidden here is
done in two releases (docs/operate.md, *Upgrade*); what `ALLOWED` names was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from config.migrating import AddIndexWhileServing

ROOT = Path(__file__).resolve().parents[2]
# The migrations of the version before which nothing had to be held to.
BEFORE = ROOT / "tests/house/migrations_before.txt"
# A migration that does what is forbidden, and why it may.
UNREAD = "no version was published since: nothing in service reads it"
ALLOWED: dict[str, str] = {
    "actors.0005_remove_post_warned_months": UNREAD,
    "community.0005_delete_digest": UNREAD,
    "steering.0003_delete_reminder": UNREAD,
    "events.0002_read_by_five": "no version was published with events",
    "network.0004_alter_exchange_kind": "a choice more: the database is not asked",
    "library.0003_point_of_reference": "the word of a choice: the same",
}


def ours() -> Iterator[tuple[str, migrations.Migration]]:
    known = set(BEFORE.read_text().split())
    # Sorted: the two processes of the suite collect the same tests in the same order.
    found = sorted(MigrationLoader(None).disk_migrations.items(), key=itemgetter(0))
    for (app, name), migration in found:
        label = f"{app}.{name}"
        is_ours = apps.get_app_config(app).name.startswith("jalons.")
        if is_ours and label not in known:
            yield label, migration


def faults(migration: migrations.Migration) -> list[str]:
    """What a migration does that the former version, or readers, would feel."""
    made: set[str] = set()
    found = []
    for operation in migration.operations:
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        elif said := fault(operation, made):
            found.append(said)
    kinds = {type(one) for one in migration.operations}
    data = {migrations.RunPython, migrations.RunSQL}
    if kinds & data and kinds - data:
        found.append("rows and tables changed in one transaction: two migrations")
    return found


def fault(operation: Operation, made: set[str]) -> str:
    """A new table is nobody's yet: all is allowed there."""
    model = getattr(operation, "model_name_lower", "") or getattr(
        operation, "name_lower", ""
    )
    if model in made:
        return ""
    match operation:
        case migrations.RemoveField() | migrations.DeleteModel():
            return "taken away: the former version still reads it"
        case migrations.RenameField() | migrations.RenameModel():
            return "renamed: the former version still reads the former name"
        case migrations.AlterModelTable():
            return "renamed: the former version still reads the former name"
        case migrations.AddField() if not _can_be_left_out(operation.field):
            return "a column that the former version does not fill: null or db_default"
        case migrations.AddConstraint():
            return "reads the whole table while nobody writes: NOT VALID, then VALIDATE"
        case migrations.AddIndex() if not isinstance(operation, AddIndexWhileServing):
            return "nobody writes while it is made: AddIndexWhileServing"
        case migrations.AlterField():
            return "may write the table anew, or refuse what the former version writes"
        case migrations.AlterUniqueTogether() | migrations.AlterIndexTogether():
            return "reads the whole table, or refuses what the former version writes"
        case migrations.SeparateDatabaseAndState():
            return "what it does to the database is not read here"
    return ""


def _can_be_left_out(field: models.Field) -> bool:
    if isinstance(field, models.ManyToManyField):
        return True
    return field.null or field.db_default is not models.NOT_PROVIDED


@pytest.mark.parametrize("label", [label for label, _migration in ours()] or [None])
def test_a_migration_lets_the_former_version_go_on(label):
    found = dict(ours())
    said = faults(found[label]) if label in found else []

    assert label in ALLOWED or said == []


def test_what_is_allowed_is_needed_and_says_why():
    found = {label for label, migration in ours() if faults(migration)}

    assert set(ALLOWED) == found
    assert all(len(why) > 20 for why in ALLOWED.values())


FORBIDDEN = [
    migrations.RemoveField("response", "note"),
    migrations.DeleteModel("response"),
    migrations.RenameField("response", "note", "remark"),
    migrations.RenameModel("response", "answer"),
    migrations.AddField("response", "note", models.TextField(default="")),
    migrations.AlterField("response", "note", models.TextField()),
    migrations.AlterField("response", "note", models.TextField(null=True)),
    migrations.AlterUniqueTogether("response", {("note", "rank")}),
    migrations.SeparateDatabaseAndState(),
    migrations.AddIndex("response", models.Index(fields=["note"], name="by_note")),
    migrations.AddConstraint(
        "response", models.UniqueConstraint(fields=["note"], name="one_note")
    ),
]
ROUTINE = [
    migrations.CreateModel("Remark", [("id", models.AutoField(primary_key=True))]),
    migrations.AddField("remark", "note", models.TextField(default="")),
    migrations.AddField("response", "note", models.TextField(null=True)),
    migrations.AddField("response", "rank", models.IntegerField(db_default=0)),
    AddIndexWhileServing("response", models.Index(fields=["note"], name="by_note")),
    migrations.AlterModelOptions("response", {"verbose_name": "answer"}),
]


@pytest.mark.parametrize("operation", FORBIDDEN, ids=lambda one: type(one).__name__)
def test_what_would_stop_the_former_version_is_refused(operation):
    migration = migrations.Migration("invented", "invented")
    migration.operations = [operation]

    assert len(faults(migration)) == 1


def test_what_is_routine_is_accepted():
    migration = migrations.Migration("invented", "invented")
    migration.operations = ROUTINE

    assert faults(migration) == []


def test_rows_are_changed_apart_from_tables():
    migration = migrations.Migration("invented", "invented")
    migration.operations = [ROUTINE[2], migrations.RunPython(migrations.RunPython.noop)]

    assert len(faults(migration)) == 1
