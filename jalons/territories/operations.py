from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from jalons.search import operations as search
from jalons.search.models import Card
from jalons.search.operations import Entry
from jalons.search.words import key_of
from jalons.territories import tables
from jalons.territories.iris import Iris, code_of
from jalons.territories.loaders import Reference, read_reference
from jalons.territories.models import (
    CURRENT_YEAR,
    Contour,
    Edition,
    Membership,
    Territory,
    held_in,
)
from jalons.territories.tables import Counts

Kind = Territory.Kind
MEMBERSHIP = ("member_id", "group_id", "since")
NAME_LENGTH = 200
# Behind the communes of the same name.
IRIS_WEIGHT = 0.3


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
            memberships=_added(_write_memberships(reference), _place_iris()),
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
        Edition.objects.create(is_geography=True)


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
    stored = Membership.objects.exclude(member__kind=Kind.IRIS)
    return tables.replace(tables.compare(stored, reference.memberships, MEMBERSHIP))


@transaction.atomic
def write_iris(found: Sequence[Iris], *, year: int, is_part: bool = False) -> Counts:
    """Bring the IRIS in line with INSEE's table of a year.

    An IRIS that left the table is kept with its last year and its figures, and lies in
    no commune any more; when the table `is_part`, those that it does not mention stay
    as they are.
    """
    names = dict(Territory.objects.communes().values_list("code", "name"))
    rows = [_iris(one, names[one.commune]) for one in found]
    changes = tables.compare(Territory.objects.iris(), rows, ("code",))
    gone = [] if is_part else changes.gone
    left = Territory.objects.filter(pk__in=gone, until=None).update(until=year - 1)
    counts = tables.write(changes)
    communes = {code_of(one.code): one.commune for one in found}
    placed = _place_iris(communes, everywhere=not is_part)
    search.remove(Kind.IRIS, [str(code) for code in gone])
    search.index(
        Entry(Kind.IRIS, row.code, row.name, _("IRIS"), row.code, IRIS_WEIGHT)
        for row in rows
    )
    record_edition(counts, placed)
    _measure_tables()
    return replace(counts, deleted=left)


def _iris(one: Iris, commune: str) -> Territory:
    """Named after its commune first: many towns have a “Centre”."""
    name = f"{commune}, {one.name}"[:NAME_LENGTH]
    return Territory(code=code_of(one.code), kind=Kind.IRIS, name=name)


def _place_iris(
    communes: Mapping[str, str] | None = None, *, everywhere: bool = True
) -> Counts:
    """Each IRIS in its commune, and in what contains its commune today.

    Without `communes`, in those where they already lie.
    """
    _measure_tables()
    stored = Membership.objects.filter(member__kind=Kind.IRIS)
    if communes is None:
        inside = stored.filter(group__kind=Kind.COMMUNE)
        communes = dict(inside.values_list("member_id", "group_id"))
    if not everywhere:
        stored = stored.filter(member__in=list(communes))
    rows = list(_iris_memberships(communes))
    return tables.replace(tables.compare(stored, rows, MEMBERSHIP))


def _iris_memberships(communes: Mapping[str, str]) -> Iterator[Membership]:
    links = Membership.objects.filter(
        held_in(CURRENT_YEAR), member__kind=Kind.COMMUNE
    ).values_list("member_id", "group_id")
    around = defaultdict(list)
    for commune, group in links:
        around[commune].append(group)
    for iris, commune in communes.items():
        for group in (commune, *around[commune]):
            yield Membership(member_id=iris, group_id=group, since=CURRENT_YEAR)


def _added(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.created + other.created,
        one.updated + other.updated,
        one.deleted + other.deleted,
        one.unchanged + other.unchanged,
    )


def _write_contours(reference: Reference) -> Counts:
    stored = Contour.objects.filter(vintage=CURRENT_YEAR)
    key = ("territory_id", "vintage")
    return tables.replace(tables.compare(stored, reference.contours, key))


def _index(reference: Reference) -> int:
    """Index the territories whose words or weight are not yet those of the files."""
    cards = Card.objects.of_kinds([str(kind) for kind in Kind if kind != Kind.IRIS])
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
