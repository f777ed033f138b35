"""The end of personal data: what is past its days is deleted or made anonymous.

Rows go through `_base_manager`, so that neither a filtering manager nor an
append-only one hides a row from the law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import models, transaction
from django.db.models import CharField, Field, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from jalons.privacy.declarations import Ending, PersonalData, declared_models

ERASED = "erased-"
ERASED_DOMAIN = "@erased.invalid"


@dataclass(frozen=True, slots=True)
class Purged:
    """What the purge did (or would do) to one table.

    `before` is None when the declaration names no date: its own app ends the data.
    """

    model: str
    ending: str
    row_count: int
    before: datetime | None


def purge(at: datetime, *, dry_run: bool) -> list[Purged]:
    """Delete or blank every row past its days at `at`; change nothing if `dry_run`.

    One transaction a table: a table that refuses undoes no other.
    """
    return [
        _purge_model(model, declared, at, dry_run)
        for model, declared in sorted(
            declared_models(), key=lambda pair: pair[0]._meta.label
        )
    ]


def _purge_model(
    model: type[models.Model], declared: PersonalData, at: datetime, dry_run: bool
) -> Purged:
    label, ending = model._meta.label, declared.ending.name.lower()
    if not declared.counted_from:
        return Purged(label, ending, 0, before=None)
    before = at - timedelta(days=declared.kept_days)
    rows = _past(model, declared, before)
    if dry_run:
        return Purged(label, ending, rows.count(), before)
    with transaction.atomic():
        if declared.ending is Ending.BLANK:
            count = rows.update(**blanks(model, declared))
        else:
            count = delete_rows(rows)
    return Purged(label, ending, count, before)


def _past(
    model: type[models.Model], declared: PersonalData, before: datetime
) -> QuerySet[models.Model]:
    """Rows whose days were over at `before`, those already blank left out."""
    limit: datetime | date = timezone.localtime(before).date()
    if _counts_instants(model, declared.counted_from):
        limit = before
    rows = model._base_manager.filter(**{f"{declared.counted_from}__lt": limit})
    if declared.ending is Ending.DELETE:
        return rows
    still_named = Q()
    for name, blank in blanks(model, declared).items():
        if isinstance(blank, Concat):
            still_named |= ~Q(**{f"{name}__startswith": ERASED})
        elif blank is None:
            still_named |= Q(**{f"{name}__isnull": False})
        else:
            still_named |= ~Q(**{name: blank})
    return rows.filter(still_named)


def _counts_instants(model: type[models.Model], lookup: str) -> bool:
    field: Field[object, object] | None = None
    for part in lookup.split("__"):
        field = model._meta.get_field(part)  # type: ignore[assignment]
        model = getattr(field, "related_model", None) or model
    return isinstance(field, models.DateTimeField)


def blanks(model: type[models.Model], declared: PersonalData) -> dict[str, object]:
    """The value that says nothing of anybody, for each declared field."""
    return {name: _blank(model._meta.get_field(name)) for name in declared.fields}


def _blank(field: object) -> object:
    assert isinstance(field, Field)
    if field.unique:
        # A unique text cannot be empty twice: the row's own number replaces it.
        domain = ERASED_DOMAIN if isinstance(field, models.EmailField) else ""
        return Concat(Value(ERASED), Cast("pk", CharField()), Value(domain))
    if field.null:
        return None
    return field.get_default() if isinstance(field, models.JSONField) else ""


def delete_rows(rows: QuerySet[models.Model]) -> int:
    """Delete rows, and their files once the transaction holds."""
    stored = [
        (field.storage, name)
        for field in rows.model._meta.fields
        if isinstance(field, models.FileField)
        for name in rows.values_list(field.name, flat=True)
        if name
    ]
    count = rows.count()
    rows.delete()
    for storage, name in stored:
        transaction.on_commit(partial(storage.delete, name))
    return count
