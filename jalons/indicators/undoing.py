"""Takes a file of figures back: what it gave goes away, what it replaced returns.

Before a file takes the place of that of its year, the figures it replaces are packed
beside it. One step back: what those had themselves replaced is no longer kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.audit.models import Entry
from jalons.indicators.models import Indicator, Observation, Release, Replaced, Source
from jalons.indicators.rows import FIGURE_COLUMNS, Cell, insert
from jalons.territories.models import Edition, Territory

IRIS = "iris"
# Figures are packed by the second: a smaller copy would take three times as long.
PACKING = 1
RETURNED = "release.returned"


class CannotBeUndone(Exception):
    """This file stays: it came with the project, or tells territories."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a file back does, or would do."""

    release: int
    source: str
    vintage: str
    file: str
    figures: int
    territories: int
    returns: str
    """Name of the file whose figures come back; empty when it replaced none."""
    returning: int
    """How many figures come back."""


def kept_of(same: Release) -> Replaced:
    """A release about to be replaced, packed so that it can come back."""
    rows = same.observations.order_by().values_list(*FIGURE_COLUMNS)
    packed = json.dumps(list(rows)).encode()
    return Replaced(
        name=same.name or same.file,
        checksum=same.checksum,
        retrieved_at=same.retrieved_at,
        counts=same.counts,
        territory_count=same.territory_count,
        figures=zlib.compress(packed, PACKING),
    )


def can_be_undone(release: Release) -> bool:
    """Whether it was loaded from a file of figures, by a page or a command."""
    return release.retrieved_at is not None and release.source_id != IRIS


def has_returned(release: Release) -> bool:
    """Whether it came back when a file was taken back: nothing is kept behind it."""
    return Entry.objects.about(release).filter(verb=RETURNED).exists()


def undoing_of(release: Release) -> Undoing:
    """What taking the file back would do; raises CannotBeUndone."""
    if release.source_id == IRIS:
        raise CannotBeUndone(
            _("This table tells territories, not figures: load the one you want.")
        )
    if not can_be_undone(release):
        raise CannotBeUndone(_("These figures come with Jalons: they stay."))
    before = Replaced.objects.filter(release=release).defer("figures").first()
    return Undoing(
        release=release.pk,
        source=release.source_id,
        vintage=release.vintage,
        file=release.name or release.file,
        figures=sum(release.counts.values()),
        territories=release.territory_count,
        returns=before.name if before else "",
        returning=sum(before.counts.values()) if before else 0,
    )


@transaction.atomic
def undo_release(release: Release, *, by: User | None) -> Undoing | None:
    """Take the file back; None when somebody has just done so.

    Raises CannotBeUndone.
    """
    found = Release.objects.select_for_update().filter(pk=release.pk).first()
    if found is None:
        return None
    done = undoing_of(found)
    before = Replaced.objects.filter(release=found).first()
    audit.record(
        "release.undone",
        found,
        by=by,
        details={"file": done.file, "figures": done.figures, "returns": done.returns},
    )
    found.delete()
    if before is not None:
        _restore(found, before, by=by)
    _forget_unused(found.source)
    Edition.objects.create()
    return done


def _restore(taken: Release, before: Replaced, *, by: User | None) -> None:
    """The figures as they were, but those of territories or indicators gone since."""
    back = Release.objects.create(
        source_id=taken.source_id,
        vintage=taken.vintage,
        file=taken.file,
        name=before.name,
        checksum=before.checksum,
        retrieved_at=before.retrieved_at,
        counts=before.counts,
        territory_count=before.territory_count,
    )
    insert(_known(json.loads(zlib.decompress(before.figures))), back)
    audit.record(RETURNED, back, by=by, details={"file": back.name})


def _known(rows: list[list[Cell]]) -> Iterable[tuple[Cell, ...]]:
    territories = set(Territory.objects.values_list("code", flat=True))
    indicators = set(Indicator.objects.values_list("code", flat=True))
    for territory, indicator, *rest in rows:
        if territory in territories and indicator in indicators:
            yield (territory, indicator, *rest)


def _forget_unused(source: Source) -> None:
    """A team's source goes with its last file: its indicator would measure nothing."""
    if source.space_id is None or source.releases.exists():
        return
    still_observed = Observation.objects.filter(indicator__source=source)
    if not still_observed.exists():
        source.indicators.all().delete()
        source.delete()
