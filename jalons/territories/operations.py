from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings
from django.db import models, transaction

from jalons.territories.loaders import read_reference
from jalons.territories.models import CURRENT_YEAR, Contour, Membership, Territory

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
class ReferenceReport:
    """What loading the reference geography changed, or would change."""

    territories: Counts
    memberships: Counts
    contours: Counts


@transaction.atomic
def load_reference(
    folder: Path | None = None, *, dry_run: bool = False
) -> ReferenceReport:
    """Bring the tables in line with the reference files; once more changes nothing.

    A territory that left the files is kept, since answers and figures refer to it;
    a membership or a contour of this vintage that left them is deleted. With
    `dry_run` the changes are counted and not written. Raises loaders.BadReference.
    """
    reference = read_reference(folder or settings.REFERENCE_DIR / "reference")
    territories = _compare(Territory.objects.all(), reference.territories, ("code",))
    memberships = _compare(
        Membership.objects.filter(since=CURRENT_YEAR),
        reference.memberships,
        ("member_id", "group_id", "since"),
    )
    contours = _compare(
        Contour.objects.filter(vintage=CURRENT_YEAR),
        reference.contours,
        ("territory_id", "vintage"),
    )
    if not dry_run:
        _write(territories)
        for changes in (memberships, contours):
            changes.stored.filter(pk__in=changes.gone).delete()
        _write(memberships)
        _write(contours)
    return ReferenceReport(
        territories=_counts(territories, deleted=0),
        memberships=_counts(memberships, deleted=len(memberships.gone)),
        contours=_counts(contours, deleted=len(contours.gone)),
    )


@dataclass(frozen=True, slots=True)
class _Changes(Generic[Row]):
    """How the rows of the files differ from those stored, told apart by their key."""

    stored: models.QuerySet[Row]
    key: Sequence[str]
    new: list[Row]
    changed: list[Row]
    gone: list[str | int]
    unchanged: int


def _compare(
    stored: models.QuerySet[Row], rows: Sequence[Row], key: Sequence[str]
) -> _Changes[Row]:
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
    gone = [pk for pk, _ in known.values()]
    return _Changes(stored, key, new, changed, gone, unchanged)


def _write(changes: _Changes[Row]) -> None:
    table = changes.stored.model._default_manager
    table.bulk_create(changes.new, batch_size=BATCH)
    table.bulk_create(
        changes.changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=changes.key,
        update_fields=_other_fields(changes.stored.model, changes.key),
    )


def _other_fields(model: type[models.Model], key: Sequence[str]) -> list[str]:
    """Columns filled by the files, apart from the key."""
    columns = (f.attname for f in model._meta.concrete_fields if not f.primary_key)
    return [column for column in columns if column not in key]


def _counts(changes: _Changes[Row], *, deleted: int) -> Counts:
    return Counts(
        created=len(changes.new),
        updated=len(changes.changed),
        deleted=deleted,
        unchanged=changes.unchanged,
    )
