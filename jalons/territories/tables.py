"""Tables whose content is decided by files: reference geography, figures.

A file is compared with what is stored, row by row, by a key; only what differs is
written, so that loading the same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

BATCH = 5_000
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load changes in one table."""

    created: int
    updated: int
    deleted: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Changes(Generic[Row]):
    """How the rows of the files differ from those stored, told apart by their key."""

    stored: models.QuerySet[Row]
    key: Sequence[str]
    new: list[Row]
    changed: list[Row]
    gone: list[str | int]
    unchanged: int


def compare(
    stored: models.QuerySet[Row], rows: Sequence[Row], key: Sequence[str]
) -> Changes[Row]:
    """What to write so that the rows stored say what the files say.

    `key` holds column names (`territory_id`, not `territory`).
    """
    fields = [*key, *_other_fields(stored.model, key)]
    known = {
        values[1 : 1 + len(key)]: (values[0], values[1:])
        for values in stored.values_list("pk", *fields)
    }
    new, changed = [], []
    unchanged = 0
    for row in rows:
        values = tuple(getattr(row, field) for field in fields)
        before = known.pop(values[: len(key)], None)
        if before is None:
            new.append(row)
        elif before[1] != values:
            changed.append(row)
        else:
            unchanged += 1
    gone = [pk for pk, _values in known.values()]
    return Changes(stored, key, new, changed, gone, unchanged)


def write(changes: Changes[Row]) -> Counts:
    """Write new and changed rows; those that left the files stay."""
    table = changes.stored.model._default_manager
    table.bulk_create(changes.new, batch_size=BATCH)
    table.bulk_create(
        changes.changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=changes.key,
        update_fields=_other_fields(changes.stored.model, changes.key),
    )
    return counts(changes)


def replace(changes: Changes[Row]) -> Counts:
    """Delete the rows that left the files, then write."""
    changes.stored.filter(pk__in=changes.gone).delete()
    write(changes)
    return counts(changes, deleted=len(changes.gone))


def counts(changes: Changes[Row], *, deleted: int = 0) -> Counts:
    return Counts(
        created=len(changes.new),
        updated=len(changes.changed),
        deleted=deleted,
        unchanged=changes.unchanged,
    )


def _other_fields(model: type[models.Model], key: Sequence[str]) -> list[str]:
    """Columns filled by the files, apart from the key."""
    columns = (f.attname for f in model._meta.concrete_fields if not f.primary_key)
    return [column for column in columns if column not in key]
