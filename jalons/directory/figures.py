"""Who can help near a commune, and when: the one query behind the page.

Every place in the box is read as a short row, the whole of it only for the page shown:
a hundred thousand places stay a search of some milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from math import cos, radians
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from jalons.analysis.distances import RADIUS_KM
from jalons.analysis.opening import (
    Answer,
    is_bank_holiday,
    opens_during,
    read_hours,
    state_at,
)
from jalons.analysis.reach import km_between
from jalons.directory.models import Place, Service, zone_of
from jalons.territories.models import Territory

EVENING = (time(18), time(22))
FREE, FREE_UNDER_CONDITIONS = "gratuit", "sous_condition"
# What suits somebody who asks for each cost.
COSTS: dict[str, set[str]] = {
    "": set(),
    FREE: {FREE},
    FREE_UNDER_CONDITIONS: {FREE, FREE_UNDER_CONDITIONS},
}
REDUCED_MOBILITY = "moteur"
SATURDAY = 5
KM_PER_DEGREE = RADIUS_KM * radians(1)
# When nothing is near enough, the nearest is looked for in these circles.
FURTHER_KM = (50, 100)
Point = tuple[float, float]


class When(Enum):
    """The moment that suits the person."""

    ANY = ""
    NOW = "maintenant"
    EVENING = "soir"
    WEEKEND = "week-end"
    MOMENT = "jour"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for; an empty text asks for nothing."""

    commune: Territory
    km: int
    now: datetime
    need: str = ""
    public: str = ""
    care: str = ""
    cost: str = ""
    access: str = ""
    kind: str = ""
    is_accessible: bool = False
    when: When = When.ANY
    moment: datetime | None = None
    """A day and an hour on the clock of the place, for `When.MOMENT`."""
    point: Point | None = None
    """Longitude and latitude of an address; else the centre of the commune."""
    address: str = ""

    def today(self, zone: ZoneInfo) -> date:
        return self.now.astimezone(zone).date()

    @property
    def centre(self) -> Point | None:
        if self.point:
            return self.point
        if self.commune.longitude is None or self.commune.latitude is None:
            return None
        return self.commune.longitude, self.commune.latitude


@dataclass(frozen=True, slots=True)
class Near:
    """A place that may help, and how far it is from where one looks."""

    pk: int
    km: float
    name: str
    longitude: float
    latitude: float
    list_pk: int


@dataclass(frozen=True, slots=True)
class Found:
    """Places by distance; the two counts are of places left out for want of a word."""

    near: list[Near] = field(default_factory=list)
    unsaid_hours: int = 0
    unsaid_offer: int = 0


def find_places(wanted: Wanted) -> Found:
    """Places within reach that suit; what a list does not say is never supposed."""
    near: list[Near] = []
    unsaid = {"hours": 0, "offer": 0}
    for row, km in _around(wanted):
        offer = _offers(row, wanted)
        if offer is Answer.NO:
            continue
        opens = _opens(row, wanted)
        if opens is Answer.NO:
            continue
        if offer is Answer.UNKNOWN:
            unsaid["offer"] += 1
        elif opens is Answer.UNKNOWN:
            unsaid["hours"] += 1
        else:
            at = (row.longitude, row.latitude)
            near.append(Near(row.pk, km, row.name, *at, row.list_pk))
    near.sort(key=lambda one: (round(one.km, 1), one.name))
    return Found(near, unsaid["hours"], unsaid["offer"])


def whole(near: Iterable[Near]) -> list[tuple[Place, float]]:
    """The places themselves, in the same order, with their distance."""
    kms = {one.pk: one.km for one in near}
    places = (
        Place.objects.defer("summary", "description")
        .select_related("place_list")
        .prefetch_related("services")
        .in_bulk(list(kms))
    )
    return [(places[pk], km) for pk, km in kms.items() if pk in places]


def days_of(wanted: Wanted, zone: ZoneInfo) -> list[date]:
    """The days whose hours the reader wants to see."""
    if wanted.when is When.MOMENT and wanted.moment:
        return [wanted.moment.date()]
    today = wanted.today(zone)
    if wanted.when is not When.WEEKEND:
        return [today]
    saturday = today + timedelta(days=SATURDAY - today.weekday())
    days = [saturday, saturday + timedelta(days=1)]
    return [day for day in days if day >= today]


def bank_holidays(days: list[date]) -> list[date]:
    return [day for day in days if is_bank_holiday(day)]


class _Row(NamedTuple):
    """What a search reads of each place; a list is the text of its codes."""

    pk: int
    longitude: float
    latitude: float
    list_pk: int
    name: str
    commune_code: str
    opening: str
    offers_need: bool
    says_needs: bool
    publics: str
    care: str
    costs: str
    access: str
    kinds: str


def _around(wanted: Wanted) -> Iterator[tuple[_Row, float]]:
    """Every place within some kilometres of the centre, and its distance."""
    if wanted.centre is None:
        return
    longitude, latitude = wanted.centre
    up = wanted.km / KM_PER_DEGREE
    across = up / cos(radians(latitude))
    places = Place.objects.open_to_all().within_box(
        (longitude - across, longitude + across), (latitude - up, latitude + up)
    )
    rows = list(map(_Row._make, _columns(places, wanted)))
    points = [(row.longitude, row.latitude) for row in rows]
    distances = km_between([wanted.centre], points)[0].tolist()
    for row, km in zip(rows, distances, strict=True):
        if km <= wanted.km:
            yield row, km


def _columns(places: QuerySet[Place], wanted: Wanted) -> QuerySet:
    """Only what is asked is read, of places that do not say no: the rest is empty."""
    asked: dict[str, set[str]] = {
        "publics": {wanted.public} - {""},
        "care": {wanted.care} - {""},
        "costs": COSTS[wanted.cost],
        "access_modes": {wanted.access} - {""},
        "kinds": {wanted.kind} - {""},
    }
    read = {name for name, codes in asked.items() if codes}
    if wanted.is_accessible:
        read.add("care")
    texts: dict[str, Combinable] = {
        f"{name}_text": Cast(name, TextField()) if name in read else Value("")
        for name in asked
    }
    places = places.annotate(**texts)
    for name, codes in asked.items():
        if codes:
            places = places.filter(_holds_or_is_silent(f"{name}_text", codes))
    needs = _needs(wanted)
    if wanted.need:
        places = places.annotate(**needs).filter(
            Q(offers_need=True) | Q(says_needs=False)
        )
    hours = ("commune", "opening")
    if wanted.when is When.ANY:
        places = places.annotate(no_commune=Value(""), no_hours=Value(""))
        hours = ("no_commune", "no_hours")
    if not wanted.need:
        places = places.annotate(**needs)
    plain = ("pk", "longitude", "latitude", "place_list", "name", *hours)
    return places.values_list(*plain, *needs, *texts)


def _needs(wanted: Wanted) -> dict[str, Combinable]:
    """Whether the help is offered, and whether any is said to be."""
    if not wanted.need:
        return {"offers_need": Value(True), "says_needs": Value(True)}
    services = Service.objects.filter(place=OuterRef("pk"))
    return {
        "offers_need": Exists(services.filter(kind=wanted.need)),
        "says_needs": Exists(services),
    }


def _holds_or_is_silent(text: str, codes: set[str]) -> Q:
    found = Q(**{text: "[]"})
    for code in codes:
        found |= Q(**{f"{text}__contains": f'"{code}"'})
    return found


def _offers(row: _Row, wanted: Wanted) -> Answer:
    """Whether the place suits; a place that names no public welcomes everybody."""
    if wanted.public and _says(row.publics) and not _holds(row.publics, wanted.public):
        return Answer.NO
    need = Answer.YES if row.offers_need else _unless(row.says_needs)
    answers = [
        need,
        _among(row.care, {wanted.care} - {""}),
        _among(row.costs, COSTS[wanted.cost]),
        _among(row.access, {wanted.access} - {""}),
        _among(row.kinds, {wanted.kind} - {""}),
    ]
    if Answer.NO in answers:
        return Answer.NO
    # A place that cares for the deaf does not say that its door has a step.
    if wanted.is_accessible and not _holds(row.care, REDUCED_MOBILITY):
        return Answer.UNKNOWN
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES


def _says(codes: str) -> bool:
    return codes not in ("", "[]")


def _holds(codes: str, code: str) -> bool:
    """Whether a list written as JSON holds a code, which is a plain word."""
    return f'"{code}"' in codes


def _among(codes: str, asked: set[str]) -> Answer:
    if not asked or any(_holds(codes, code) for code in asked):
        return Answer.YES
    return _unless(_says(codes))


def _unless(is_said: bool) -> Answer:
    return Answer.NO if is_said else Answer.UNKNOWN


def _opens(row: _Row, wanted: Wanted) -> Answer:
    """Whether the place is open when it suits; unknown without readable hours."""
    if wanted.when is When.ANY:
        return Answer.YES
    zone = zone_of(row.commune_code)
    now = wanted.now.replace(second=0, microsecond=0)
    return _open_at(row.opening, zone, wanted.when, now, wanted.moment)


@lru_cache(maxsize=50_000)
def _open_at(
    opening: str, zone: str, when: When, now: datetime, moment: datetime | None
) -> Answer:
    hours = read_hours(opening, zone)
    if hours is None:
        return Answer.UNKNOWN
    if when is When.NOW:
        return state_at(hours, now)
    if when is When.MOMENT and moment:
        return state_at(hours, moment.replace(tzinfo=hours.zone))
    return opens_during(hours, *_window(when, now, hours.zone))


def _window(when: When, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """This evening, or the weekend, from now on."""
    today = now.astimezone(zone).date()
    if when is When.EVENING:
        start, end = (datetime.combine(today, at, zone) for at in EVENING)
    else:
        saturday = today + timedelta(days=SATURDAY - today.weekday())
        start = datetime.combine(saturday, time(), zone)
        end = datetime.combine(saturday + timedelta(days=2), time(), zone)
    return max(start, now.astimezone(zone)), max(end, now)
