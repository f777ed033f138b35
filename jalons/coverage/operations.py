from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.coverage.models import TravelTime, TravelTimes
from jalons.spaces.models import Space

AT_ONCE = 5_000


class NameTaken(Exception):
    """Another table has this name: readers could not tell them apart."""


class NoTime(Exception):
    """The file gives no time that may be kept."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a reader must know of a table before believing it."""

    name: str
    source: str
    vintage: str


@transaction.atomic
def load_times(
    described: Described,
    times: Mapping[tuple[str, str], float],
    *,
    space: Space | None,
    by: User | None,
) -> TravelTimes:
    """Keep a whole table, or nothing of it."""
    if TravelTimes.objects.filter(name=described.name).exists():
        raise NameTaken(described.name)
    if not times:
        raise NoTime(described.name)
    table = TravelTimes.objects.create(
        name=described.name,
        source=described.source,
        vintage=described.vintage,
        space=space,
        loaded_by=by,
    )
    pairs = sorted(times.items())
    for start in range(0, len(pairs), AT_ONCE):
        TravelTime.objects.bulk_create(
            TravelTime(
                table=table, origin_id=origin, destination_id=end, minutes=minutes
            )
            for (origin, end), minutes in pairs[start : start + AT_ONCE]
        )
    audit.record("travel_times.loaded", table, by=by, details={"times": len(times)})
    return table


@transaction.atomic
def remove_times(table: TravelTimes, *, by: User | None) -> None:
    """Addresses that asked for it show kilometres again."""
    audit.record("travel_times.removed", table, by=by)
    table.delete()
