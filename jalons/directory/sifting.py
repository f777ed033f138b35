"""The short rows that a search reads (`Findable`), kept in line with their places.

Whoever writes a place calls `sift` in the same transaction: a place that is not sifted
is not found. Each code of a list has its bit, by its rank in the vocabulary; a code
goes last when it is added there, or `jalons sift-places` is run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from jalons.analysis.half_hours import week_of
from jalons.analysis.opening import read_hours
from jalons.directory.models import Findable, Place, Service, zone_of
from jalons.directory.vocabulary import read_vocabulary
from jalons.directory.writing import insert

BATCH = 500
DAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
# The lists that a search asks about, and their columns in the vocabulary.
LISTS = {
    "services": "services",
    "publics": "publics_specifiquement_adresses",
    "care": "prise_en_charge_specifique",
    "costs": "frais_a_charge",
    "access_modes": "modalites_acces",
    "kinds": "typologie",
}
COLUMNS = (
    "place_id",
    "list_pk",
    "name",
    "latitude",
    "longitude",
    *LISTS,
    "week",
    *DAYS,
)
# Said of codes that have no bit of their own: something is said, and not what is asked.
OTHERS = 1 << 62
Row = tuple[object, ...]
Week = Findable.Week


def bits_of(name: str, codes: Iterable[str]) -> int:
    """The bits of codes of a list; none when nothing is said."""
    known, found = _ranks(name), 0
    for code in codes:
        found |= known.get(code, OTHERS)
    return found


def row_of(place: Place, services: Iterable[str]) -> Row:
    """The short row of a place, which has its key."""
    lists = [
        bits_of(name, services if name == "services" else getattr(place, name))
        for name in LISTS
    ]
    at = (place.latitude, place.longitude)
    week = _week(place.opening, zone_of(place.commune_id))
    return (place.pk, place.place_list_id, place.name, *at, *lists, *week)


def write_rows(rows: Iterable[Row]) -> None:
    insert(Findable, COLUMNS, rows)


def sift(pks: Iterable[int]) -> None:
    """Bring the short rows of these places in line with them."""
    left = iter(pks)
    while part := list(islice(left, BATCH)):
        Findable.objects.filter(pk__in=part).delete()
        write_rows(_rows(part))


def _rows(pks: Collection[int]) -> Iterator[Row]:
    services: defaultdict[int, list[str]] = defaultdict(list)
    said = Service.objects.filter(place__in=pks).values_list("place_id", "kind")
    for pk, kind in said:
        services[pk].append(kind)
    for place in Place.objects.in_their_list().filter(pk__in=pks):
        yield row_of(place, services[place.pk])


@lru_cache(maxsize=8)
def _ranks(name: str) -> dict[str, int]:
    """The bit of each code; of kinds of places, those that a search offers."""
    vocabulary = read_vocabulary()
    codes: Iterable[str] = vocabulary.terms[LISTS[name]]
    if name == "kinds":
        codes = vocabulary.schema.offered_kinds
    return {code: 1 << rank for rank, code in enumerate(codes)}


@lru_cache(maxsize=20_000)
def _week(opening: str, zone: str) -> tuple[int, ...]:
    hours = read_hours(opening, zone)
    if hours is None:
        return (Week.UNKNOWN.value, *([0] * len(DAYS)))
    week = week_of(hours)
    if week is None:
        return (Week.TO_READ.value, *([0] * len(DAYS)))
    kind = Week.BUT_HOLIDAYS if week.heeds_holidays else Week.EVERY
    return (kind.value, *week.days)
