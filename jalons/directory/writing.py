"""Rows written by the thousand: objects compiled one by one would take four times as
long. Values are those of the fields, as an object holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateField, Field, JSONField, Model


def insert(
    model: type[Model],
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    ignores_known: bool = False,
) -> None:
    """Insert rows of these columns; those already there are left if asked."""
    quote = connection.ops.quote_name
    fields = [_field(model, name) for name in names]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    ending = " ON CONFLICT DO NOTHING" if ignores_known else ""
    prepared: list[list[Any]] = [[*row] for row in rows]
    if not prepared:
        return
    for rank, field in enumerate(fields):
        if isinstance(field, JSONField):
            _write_json(prepared, rank)
        elif isinstance(field, DateField):
            for row in prepared:
                row[rank] = field.get_db_prep_save(row[rank], connection)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) "
            f"VALUES ({places}){ending}",
            prepared,
        )


def _field(model: type[Model], name: str) -> Field:
    found = next(one for one in model._meta.concrete_fields if one.attname == name)
    assert isinstance(found, Field)
    return found


def _write_json(rows: list[list[Any]], rank: int) -> None:
    """Lists of codes come again and again: each is written once."""
    adapt = connection.ops.adapt_json_value
    known: dict[object, object] = {}
    for row in rows:
        value = row[rank]
        if value is None:
            continue
        key = tuple(value) if isinstance(value, list) else json.dumps(value)
        if key not in known:
            known[key] = adapt(value, None)
        row[rank] = known[key]
