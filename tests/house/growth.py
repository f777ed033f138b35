"""Makes a world three times as full, so that what grows with it can be seen.

Each row is copied twice beside itself: under the same parents, with other values where
they must be unique. Where a parent takes but one such row, the copy goes under a copy
of the parent.
"""

from __future__ import annotations

import itertools
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import AutoField, BigAutoField, Field, Model

COPIES = 2
# What Django and its like keep for themselves.
OF_OTHERS = {"auth", "contenttypes", "sessions", "account", "mfa"}
SPARE = itertools.count()
# The keys of the copies of each row.
Made = dict[tuple[type[Model], object], list[object]]


def multiply() -> set[str]:
    """Copy every row; the tables that took no copy of any of theirs."""
    made: Made = defaultdict(list)
    refused = set()
    for model in _parents_first():
        rows = list(model._base_manager.all())
        took = [_copy(row, number, made) for row in rows for number in range(COPIES)]
        if rows and not any(took):
            refused.add(model._meta.label)
    return refused


def _parents_first() -> Iterator[type[Model]]:
    """Every table of ours, after those it points to."""
    left = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in OF_OTHERS
    ]
    while left:
        free = [m for m in left if not _above(m) & set(left) - {m}] or left[:1]
        yield from free
        left = [model for model in left if model not in free]


def _above(model: type[Model]) -> set[type[Model]]:
    return {field.related_model for field in model._meta.fields if field.is_relation}


def _copy(row: Model, number: int, made: Made) -> bool:
    """Whether the database took a copy of the row, as near to it as can be."""
    model = type(row)
    unique = _unique_fields(model)
    parents = [field for field in unique if field.is_relation]
    values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    values |= {f.attname: _other(f, values[f.attname], number) for f in unique}
    for moved in ([], parents[-1:], parents[:1], parents):
        under = {f.attname: _copied(f, values, number, made) for f in moved}
        copy = model(**(values | under))
        try:
            with transaction.atomic():
                model._base_manager.bulk_create([copy])
        except (DatabaseError, ValueError):
            continue
        made[model, row.pk].append(copy.pk)
        return True
    return False


def _unique_fields(model: type[Model]) -> list[Field]:
    """The fields of each constraint of uniqueness, alone or together."""
    meta = model._meta
    named = [name for one in meta.total_unique_constraints for name in one.fields]
    named += [name for one in meta.constraints for name in getattr(one, "fields", ())]
    named += [name for names in meta.unique_together for name in names]
    named += [field.name for field in meta.concrete_fields if field.unique]
    return [meta.get_field(name) for name in dict.fromkeys(named)]


def _other(field: Field, value: object, number: int) -> object:
    """A value of this field that no row has; that of a parent is left."""
    step = 1000 * (number + 1)
    if isinstance(field, AutoField | BigAutoField):
        return None
    if field.is_relation or field.choices or value in (None, True, False):
        return value
    if field.name == "checksum" and not field.unique:
        # What is sealed says the same under another name.
        return value
    if isinstance(value, int):
        return value + step
    if isinstance(value, date):
        return value + timedelta(days=step)
    if isinstance(value, uuid.UUID):
        return uuid.uuid5(value, str(number))
    text = str(value)
    if text.isdigit():
        # The length of a code says its kind.
        return format(next(SPARE), "x").rjust(len(text), "Z")[-len(text) :]
    other = f"{number}{text}" if "@" in text else f"{text}{number}"
    return other[-field.max_length :] if field.max_length else other


def _copied(field: Field, values: dict, number: int, made: Made) -> object:
    """The copy of the parent of the same number; without one, the parent."""
    value = values[field.attname]
    copies = made.get((field.related_model, value), [])
    return copies[number] if number < len(copies) else value
