"""Writes the figures of a file that was read and checked, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.indicators.cells import Made
from jalons.indicators.models import Observation, Release
from jalons.indicators.reports import SHOWN, TableReport
from jalons.territories.iris import Iris
from jalons.territories.models import Edition
from jalons.territories.operations import write_iris

BATCH = 10_000
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
        if same is not None:
            same.delete()
        one.release.retrieved_at = timezone.now()
        one.release.counts = one.report.figures
        one.release.territory_count = one.report.territories
        one.release.save()
        _insert(one.made, one.release)
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


COLUMNS = (
    "territory_id",
    "indicator_id",
    "release_id",
    "value",
    "status",
    "numerator",
    "base",
    "known_share",
)


def _insert(made: Iterable[Made], release: Release) -> None:
    """Write the figures as plain rows: objects would take twenty times as long."""
    table = connection.ops.quote_name(Observation._meta.db_table)
    places = ", ".join(["%s"] * len(COLUMNS))
    rows = (
        (
            one.code,
            one.indicator,
            release.pk,
            one.value,
            str(one.status),
            one.numerator,
            one.base,
            one.known_share,
        )
        for one in made
    )
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({places})", batch
            )
