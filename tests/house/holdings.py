"""What a space holds: its rows and all that hangs from them, however far.

Read whole once. After a request that wrote, only the tables that it wrote are read
again: the rest cannot have changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model, Q

from jalons.accounts.models import Link, User
from jalons.audit.models import Entry
from jalons.files.models import StoredFile
from jalons.spaces.models import Space
from jalons.territories.models import Territory

# Shared by everybody, they belong to no space.
COMMON = (User, Territory)
# Pointed to by the row to which they belong.
HELD = (Link, StoredFile)
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
WRITES = re.compile(
    r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(\w+)', re.I
)
Fields = dict[str, object]


class NotUnderstood(Exception):
    """A statement that writes, one cannot tell where."""


class Holdings:
    """Each model's rows of one space, by number, with every field."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.rows: dict[type[Model], dict[object, Fields]] = defaultdict(dict)
        near: list[Model] = [
            Space.objects.get(pk=space.pk),
            *Entry.objects.within(space),
        ]
        while near:
            new = [row for row in near if row.pk not in self.rows[type(row)]]
            for row in new:
                self.rows[type(row)][row.pk] = fields_of(row)
            near = [*_held_by(new), *_hanging_from(new)]

    def changed(self, tables: Iterable[str]) -> list[str]:
        """What is no longer as it was in these tables, told to whoever reads a test."""
        return [
            f"{model._meta.label} {pk}: {before} became {after}"
            for model in _models_of(tables)
            for pk, before, after in self._changes(model)
        ]

    def _changes(self, model: type[Model]) -> Iterator[tuple[object, object, object]]:
        before = self.rows.get(model, {})
        now = {row.pk: fields_of(row) for row in self._now(model)}
        for pk in before.keys() | now.keys():
            if before.get(pk) != now.get(pk):
                yield pk, before.get(pk), now.get(pk)

    def _now(self, model: type[Model]) -> Iterator[Model]:
        """Its rows that were ours, and those that point to one of ours."""
        mine = Q(pk__in=[*self.rows.get(model, ())])
        if model is Entry:
            mine |= Q(pk__in=Entry.objects.within(self.space).values("pk"))
        for key in _keys_of(model):
            held = [pk for kind in self.rows if issubclass(kind, key.related_model)
                    for pk in self.rows[kind]]  # fmt: skip
            mine |= Q(**{f"{key.name}__in": held})
        return model._base_manager.filter(mine).iterator()


def fields_of(row: Model) -> Fields:
    return {f.attname: getattr(row, f.attname) for f in row._meta.fields}


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables into which something is written meanwhile."""
    found: set[str] = set()

    def note(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(READS):
            found.add(_table_of(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def _table_of(sql: str) -> str:
    if told := WRITES.match(sql):
        return told[1]
    raise NotUnderstood(sql)


@cache
def _tables() -> dict[str, type[Model]]:
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model not in COMMON and not model._meta.proxy
    }


def _models_of(tables: Iterable[str]) -> list[type[Model]]:
    return [_tables()[name] for name in sorted(tables) if name in _tables()]


def _held_by(rows: Iterable[Model]) -> list[Model]:
    """The links and the files of these rows, which belong to whoever has the row."""
    held = [
        getattr(row, field.name)
        for row in rows
        for field in row._meta.fields
        if field.related_model in HELD
    ]
    return [one for one in held if one]


def _hanging_from(rows: Iterable[Model]) -> list[Model]:
    """The rows that point to one of these, a query for each way of pointing."""
    kinds = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    return [
        below
        for kind, above in kinds.items()
        for model, key in _pointing_at(kind)
        for below in model._base_manager.filter(**{f"{key}__in": above})
    ]


@cache
def _pointing_at(kind: type[Model]) -> list[tuple[type[Model], str]]:
    return [
        (model, key.name)
        for model in apps.get_models(include_auto_created=True)
        if model not in COMMON
        for key in _keys_of(model)
        if issubclass(kind, key.related_model)
    ]


@cache
def _keys_of(model: type[Model]) -> list[Field]:
    return [key for key in model._meta.fields if key.is_relation]
