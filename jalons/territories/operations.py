from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jalons.territories import tables
from jalons.territories.loaders import read_reference
from jalons.territories.models import CURRENT_YEAR, Contour, Membership, Territory
from jalons.territories.tables import Counts


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """What loading the reference geography changed, or would change."""

    territories: Counts
    memberships: Counts
    contours: Counts


def load_reference(
    folder: Path | None = None, *, dry_run: bool = False
) -> ReferenceReport:
    """Bring the tables in line with the reference files; once more changes nothing.

    A territory that left the files is kept, since answers and figures refer to it;
    a membership or a contour of this vintage that left them is deleted. With
    `dry_run` the changes are counted and undone. Raises loaders.BadReference.
    """
    reference = read_reference(folder or settings.REFERENCE_DIR / "reference")
    memberships = Membership.objects.filter(since=CURRENT_YEAR)
    contours = Contour.objects.filter(vintage=CURRENT_YEAR)
    with transaction.atomic():
        report = ReferenceReport(
            territories=tables.write(
                tables.compare(
                    Territory.objects.all(), reference.territories, ("code",)
                )
            ),
            memberships=tables.replace(
                tables.compare(
                    memberships,
                    reference.memberships,
                    ("member_id", "group_id", "since"),
                )
            ),
            contours=tables.replace(
                tables.compare(
                    contours, reference.contours, ("territory_id", "vintage")
                )
            ),
        )
        transaction.set_rollback(dry_run)
    return report
