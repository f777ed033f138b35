"""The export and the erasure of one person, across every table.

What declares persons ends as it says (`personal_data`), the account is emptied and
closed, and whatever text still mentions the address or the name loses those words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from jalons.privacy.declarations import Ending, PersonalData
from jalons.privacy.figures import format_days
from jalons.privacy.operations import blanks, delete_rows
from jalons.privacy.persons import (
    Person,
    Rows,
    mentions,
    rows_about,
    rows_pointing,
    sessions_of,
)

HIDDEN = "[…]"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done (or would be) to one table for one person."""

    model: str
    how: str
    row_count: int


class _Undo(Exception):
    """Everything was done, and is undone: a dry run."""


def erase(person: Person, *, dry_run: bool = False) -> list[Erased]:
    """Leave nothing of a person in any table; the same, undone, if `dry_run`."""
    report: list[Erased] = []
    try:
        with transaction.atomic():
            report += _erase(person)
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    return [line for line in report if line.row_count]


def _erase(person: Person) -> list[Erased]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Pages freed are overwritten: a deleted row is not read in the file.
            cursor.execute("PRAGMA secure_delete = ON")
    keys = sessions_of(person)
    Session.objects.filter(pk__in=keys).delete()
    report = [Erased("sessions.Session", "deleted", len(keys))]
    report += [_end(*each) for each in rows_about(person)]
    report += _forget_copies(person)
    report += _sweep(person)
    _forget_cache()
    return report


@transaction.atomic
def close_account(person: Person) -> None:
    """The account is emptied and closed, with what its tables say ends with it.

    What others wrote, and what is kept for another reason, has its own days.
    """
    Session.objects.filter(pk__in=sessions_of(person)).delete()
    for model, declared, rows in rows_about(person):
        if declared.ends_with_account:
            _end(model, declared, rows)
    _forget_copies(person)


def _end(model: type[models.Model], declared: PersonalData, rows: Rows) -> Erased:
    label, count = model._meta.label, rows.count()
    keys = list(rows.values_list("pk", flat=True))
    rows = model._base_manager.filter(pk__in=keys)
    if model is get_user_model():
        closed = {"is_active": False, "is_staff": False, "last_login": None}
        rows.update(**blanks(model, declared), **closed)
        return Erased(label, "blanked", count)
    if declared.ending is Ending.DELETE:
        try:
            with transaction.atomic():
                delete_rows(rows)
            return Erased(label, "deleted", count)
        except ProtectedError:
            pass  # something that stays stands on this row: its texts go
    rows.update(
        **{
            name: blank
            for name, blank in blanks(model, declared).items()
            if blank is not None or model._meta.get_field(name).null
        }
    )
    return Erased(label, "blanked", count)


def _forget_copies(person: Person) -> list[Erased]:
    """What the sign-in library keeps beside the accounts: addresses, passkeys."""
    report = []
    for model, _name, rows in rows_pointing(person):
        if model.__module__.startswith("allauth."):
            count = rows.count()
            rows.delete()
            report.append(Erased(model._meta.label, "deleted", count))
    return report


def _sweep(person: Person) -> list[Erased]:
    report = []
    for model, field, rows in mentions(person):
        count = sum(_rewrite(model, field, pk, person) for pk in _keys(rows))
        report.append(Erased(f"{model._meta.label}.{field.name}", "rewritten", count))
    return report


def _keys(rows: Rows) -> list[object]:
    return list(rows.order_by().values_list("pk", flat=True))


def _rewrite(
    model: type[models.Model],
    field: models.Field[object, object],
    pk: object,
    person: Person,
) -> bool:
    """Take the words away from one text; False when there were none after all."""
    row = model._base_manager.filter(pk=pk)
    value = row.values_list(field.name, flat=True).get()
    new = _without(value, person)
    if new == value:
        return False
    row.update(**{field.name: f"erased-{pk}" if field.unique else new})
    return True


def _without(value: object, person: Person) -> object:
    if isinstance(value, str):
        return person.pattern.sub(HIDDEN, value)
    if isinstance(value, list):
        return [_without(each, person) for each in value]
    if isinstance(value, dict):
        return {
            str(_without(key, person)): _without(each, person)
            for key, each in value.items()
        }
    return value


def _forget_cache() -> None:
    """Pages and figures kept ready may hold a name; the limits of sign-in stay."""
    if "cache" in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM cache WHERE cache_key NOT LIKE '%allauth%'")


def kept_of(person: Person) -> dict[str, int]:
    """Why rows about a person are kept, and how many for each purpose."""
    kept: dict[str, int] = {}
    for _model, declared, rows in rows_about(person):
        if count := rows.count():
            purpose = str(declared.purpose)
            kept[purpose] = kept.get(purpose, 0) + count
    return kept


def export(person: Person) -> str:
    """All that is kept of a person, as JSON: for them, and for nobody else."""
    told = {
        "address": person.address,
        "names": person.names,
        "made_at": timezone.now(),
        "about": [_table(*each) for each in rows_about(person) if each[2].exists()],
        "made": [
            {"table": model._meta.label, "as": name, "rows": _keys(rows)}
            for model, name, rows in rows_pointing(person)
            if rows.exists()
        ],
        "mentioned": _mentioned(person),
        "sessions": len(sessions_of(person)),
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _table(
    model: type[models.Model], declared: PersonalData, rows: Rows
) -> dict[str, object]:
    return {
        "table": model._meta.label,
        "purpose": str(declared.purpose),
        "legal_basis": str(declared.legal_basis.value),
        "kept": f"{format_days(declared.kept_days)} {declared.since}".strip(),
        "rows": list(rows.values("pk", *declared.fields)),
    }


def _mentioned(person: Person) -> list[dict[str, object]]:
    """Where a text mentions them: the row is told, never what others wrote in it."""
    found: list[dict[str, object]] = []
    for model, field, rows in mentions(person):
        keys = [
            pk
            for pk, value in rows.values_list("pk", field.name)
            if _without(value, person) != value
        ]
        if keys:
            label = f"{model._meta.label}.{field.name}"
            found.append({"field": label, "rows": keys})
    return found
