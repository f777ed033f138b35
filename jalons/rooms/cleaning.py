"""The values of a file made into those of a row, or refused by their name."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from jalons.rooms.bundles import DAMAGED, MOST_NUMBER, RefusedBundle
from jalons.rooms.tables import Table, Values
from jalons.workshops.definitions import read_kinds

CODES: Mapping[str, Callable[[], Container[str]]] = {
    "workshops.Activity.kind": read_kinds
}
"""Fields that hold a code of the reference data: pages read it there."""


def cleaned(table: Table, pk: int, values: Values) -> Values:
    """Every field of a row by its attribute. Raises RefusedBundle."""
    expected = {one.name for one in (*table.plain, *table.inner)}
    if set(values) != expected:
        raise _refused(table, pk, ", ".join(sorted(set(values) ^ expected)))
    found: Values = {}
    for field in table.plain:
        found[field.name] = _plain(table, pk, field, values[field.name])
    for field in table.inner:
        number = values[field.name]
        is_number = type(number) is int and 0 < number <= MOST_NUMBER
        if not is_number and not (number is None and field.null):
            raise _refused(table, pk, field.name)
        found[field.attname] = number
    return found


def _plain(table: Table, pk: int, field: models.Field, value: object) -> object:
    """The value that a form would have kept."""
    if value is None and field.null:
        return None
    try:
        kept = field.to_python(value)
        field.run_validators(kept)
        if field.choices and kept not in field.empty_values:
            field.validate(kept, None)
        _check(field, kept)
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        raise _refused(table, pk, field.name) from error
    if value is None:
        raise _refused(table, pk, field.name)
    return kept


def _check(field: models.Field, kept: object) -> None:
    """Raises ValueError, OverflowError for what no database or no page can hold."""
    if str(field) in CODES and kept not in CODES[str(field)]():
        raise ValueError(kept)
    if isinstance(kept, datetime) and (
        timezone.is_naive(kept) or not 1 < kept.astimezone(UTC).year < 9999
    ):
        raise ValueError(kept)
    if isinstance(field, models.JSONField):
        kept = json.dumps(kept, ensure_ascii=False).replace("\\u0000", "\0")
    if isinstance(kept, str) and "\0" in kept.encode().decode():
        # Half of a pair of surrogates is refused by the encoding itself.
        raise ValueError(kept)


def _refused(table: Table, pk: int, field: str) -> RefusedBundle:
    return RefusedBundle(DAMAGED % {"where": f"{table.name} {pk} {field}"})
