"""Writes the figures of a file that was read and checked, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.indicators.cells import Made
from jalons.indicators.models import Observation, Release
from jalons.indicators.reports import SHOWN, TableReport
from jalons.indicators.rows import Cell, insert
from jalons.indicators.undoing import kept_of
from jalons.territories.iris import Iris
from jalons.territories.models import Edition
from jalons.territories.operations import write_iris

IRIS = "iris"

Wanted = Callable[[], bool]


class Abandoned(Exception):
    """The file was forgotten, or is being loaded again: nothing is written."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A table read and checked, that waits to be written."""

    report: TableReport
    release: Release
    made: list[Made] = field(default_factory=list)
    iris: list[Iris] = field(default_factory=list)
    is_part: bool = False


@transaction.atomic
def write_tables(
    ready: Iterable[Ready], *, by: User | None, still_wanted: Wanted
) -> None:
    """Write every table, or none when nobody waits for the file any more."""
    if not still_wanted():
        raise Abandoned
    for one in ready:
        same = _same(one.release)
        if (
            same is not None
            and same.checksum == one.release.checksum
            and not lacks_iris(same)
        ):
            one.report.state = "unchanged"
            continue
        before = None
        if same is not None:
            before = kept_of(same) if same.retrieved_at else None
            same.delete()
        one.release.retrieved_at = timezone.now()
        one.release.counts = one.report.figures
        one.release.territory_count = one.report.territories
        one.release.save()
        if before is not None:
            before.release = one.release
            before.save()
        insert(_rows(one.made), one.release)
        if one.iris:
            year = int(one.release.vintage[:4])
            write_iris(one.iris, year=year, is_part=one.is_part)
        one.report.state = "loaded"
        Edition.objects.create()
        audit.record(
            "release.loaded",
            one.release,
            by=by,
            details={"file": one.release.name, "figures": one.report.figures},
        )


def tell_lost(one: Ready) -> None:
    """Say which values, loaded for the same year, the file has no longer."""
    same = _same(one.release)
    if same is None or one.report.state == "refused":
        return
    kept = {(x.code, x.indicator) for x in one.made if x.value is not None}
    before = Observation.objects.filter(release=same, value__isnull=False)
    lost = sorted(set(before.values_list("territory", "indicator")) - kept)
    one.report.lost_count = len(lost)
    one.report.lost = list(dict.fromkeys(code for code, _ in lost))[:SHOWN]


def _same(release: Release) -> Release | None:
    """What is loaded of the same file and year, whose place a release takes."""
    return Release.objects.filter(
        source=release.source_id, vintage=release.vintage, file=release.file
    ).first()


def lacks_iris(release: Release) -> bool:
    """Whether a file by IRIS was read before the table of IRIS that is loaded now."""
    if not release.file.startswith("iris/") or release.source_id == IRIS:
        return False
    return Release.objects.filter(source=IRIS, loaded_at__gt=release.loaded_at).exists()


def _rows(made: Iterable[Made]) -> Iterator[tuple[Cell, ...]]:
    """Each figure as rows.FIGURE_COLUMNS."""
    for one in made:
        yield (
            one.code,
            one.indicator,
            one.value,
            str(one.status),
            one.numerator,
            one.base,
            one.known_share,
        )
