from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from jalons.search import operations as search
from jalons.search.models import Card
from jalons.search.words import key_of
from jalons.territories import tables
from jalons.territories.loaders import Reference, read_reference
from jalons.territories.models import (
    CURRENT_YEAR,
    Contour,
    Edition,
    Membership,
    Territory,
)
from jalons.territories.tables import Counts


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """What loading the reference geography changed, or would change."""

    territories: Counts
    memberships: Counts
    contours: Counts
    indexed: int
    """Territories written again in the search index."""


def load_reference(
    folder: Path | None = None, *, dry_run: bool = False
) -> ReferenceReport:
    """Bring the tables in line with the reference files; once more changes nothing.

    A territory that left the files is kept, since answers and figures refer to it;
    a membership or a contour of this vintage that left them is deleted. With
    `dry_run` the changes are counted and undone. Raises loaders.BadReference.
    """
    folder = folder or settings.REFERENCE_DIR / "reference"
    reference = read_reference(folder, settings.DATA_DIR)
    with transaction.atomic():
        report = ReferenceReport(
            territories=_write_territories(reference),
            memberships=_write_memberships(reference),
            contours=_write_contours(reference),
            indexed=_index(reference),
        )
        record_edition(report.territories, report.memberships, report.contours)
        _measure_tables()
        transaction.set_rollback(dry_run)
    return report


def record_edition(*counts: Counts) -> None:
    """Make what was computed from the former data stale, if anything changed."""
    if any(one.created or one.updated or one.deleted for one in counts):
        Edition.objects.create()


def _measure_tables() -> None:
    """Tell the database how large its tables have become.

    Until its own housekeeping passes, PostgreSQL takes tables filled at once for
    empty, and looks for the communes of a région in minutes.
    """
    with connection.cursor() as cursor:
        for model in (Territory, Membership, Contour):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _write_territories(reference: Reference) -> Counts:
    stored = Territory.objects.all()
    return tables.write(tables.compare(stored, reference.territories, ("code",)))


def _write_memberships(reference: Reference) -> Counts:
    stored = Membership.objects.all()
    key = ("member_id", "group_id", "since")
    return tables.replace(tables.compare(stored, reference.memberships, key))


def _write_contours(reference: Reference) -> Counts:
    stored = Contour.objects.filter(vintage=CURRENT_YEAR)
    key = ("territory_id", "vintage")
    return tables.replace(tables.compare(stored, reference.contours, key))


def _index(reference: Reference) -> int:
    """Index the territories whose words or weight are not yet those of the files."""
    cards = Card.objects.of_kinds([str(kind) for kind in Territory.Kind])
    stored = set(cards.values_list("kind", "ref", "title", "subtitle", "key", "weight"))
    return search.index(
        entry
        for entry in reference.entries
        if (
            entry.kind,
            entry.ref,
            entry.title,
            entry.subtitle,
            key_of(entry.title, entry.subtitle, entry.body),
            entry.weight,
        )
        not in stored
    )
