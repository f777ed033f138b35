"""The values of a file made into those of a row, or refused by their name."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from jalons.rooms.bundles import DAMAGED, RefusedBundle
from jalons.rooms.tables import Table, Values


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
        if not (number is None or type(number) is int) or (
            number is None and not field.null
        ):
            raise _refused(table, pk, field.name)
        found[field.attname] = number
    return found


def _plain(table: Table, pk: int, field: models.Field, value: object) -> object:
    """The value that a form would have kept."""
    if value is None and field.null:
        return None
    try:
        kept = field.to_python(value)
        if field.editable and not isinstance(field, models.JSONField):
            field.run_validators(kept)
            if field.choices and kept not in field.empty_values:
                field.validate(kept, None)
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        raise _refused(table, pk, field.name) from error
    if value is None:
        raise _refused(table, pk, field.name)
    return kept


def _refused(table: Table, pk: int, field: str) -> RefusedBundle:
    return RefusedBundle(DAMAGED % {"where": f"{table.name} {pk} {field}"})
