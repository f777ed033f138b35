"""Who can help near a commune, and when: the one query behind the page.

The database sifts the short rows of the places in a box (`sifting`); hours that half
hours cannot say are read in their text, and the whole of a place only for the page
shown: a hundred thousand places stay a search of some milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from itertools import compress
from math import cos, radians
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Case, F, Q, QuerySet, Value
from django.db.models import When as Whenever
from django.db.models.expressions import Combinable

from jalons.analysis.distances import RADIUS_KM
from jalons.analysis.half_hours import half_hour_at, half_hours_between
from jalons.analysis.opening import (
    Answer,
    is_bank_holiday,
    opens_during,
    read_hours,
    state_at,
)
from jalons.analysis.reach import km_between
from jalons.directory.models import Findable, Place, PlaceList, zone_of
from jalons.directory.nearby import PLAIN, Array, Near, Nearby, Row
from jalons.directory.sifting import DAYS, Week, bits_of
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
# When nothing is near enough, the nearest is looked for in this circle.
FURTHER_KM = 100
ANSWERS = ("is_sure", "is_open", "is_to_read")
# Fewer than the parameters that a database takes at once.
READ_AT_ONCE = 500
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
class Found:
    """Places by distance; the two counts are of places left out for want of a word."""

    near: Nearby
    unsaid_hours: int = 0
    unsaid_offer: int = 0


def find_places(wanted: Wanted) -> Found:
    """Places within reach that suit; what a list does not say is never supposed."""
    rows, km = _around(wanted, _not_refused(wanted))
    if _asks_nothing(wanted):
        return Found(Nearby(rows, km))
    answers = _answers(rows, wanted)
    suits = [rank for rank, answer in enumerate(answers) if answer is _Said.ALL]
    return Found(
        Nearby([rows[rank] for rank in suits], km[suits]),
        unsaid_hours=answers.count(_Said.NO_HOURS),
        unsaid_offer=answers.count(_Said.NO_OFFER),
    )


def nearest_place(wanted: Wanted) -> Near | None:
    """The nearest that suits for certain, within `FURTHER_KM` at most."""
    further = replace(wanted, km=FURTHER_KM)
    rows, km = _around(further, _not_refused(further).filter(Q(("is_sure", 1))))
    if not _asks_nothing(further):
        answers = _answers(rows, further)
        suits = [rank for rank, answer in enumerate(answers) if answer is _Said.ALL]
        rows, km = [rows[rank] for rank in suits], km[suits]
    return next(iter(Nearby(rows, km)[:1]), None)


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


class _Said(Enum):
    """What is known of a place that nothing says not to suit."""

    ALL = "all"
    NO_OFFER = "no offer"
    NO_HOURS = "no hours"
    CLOSED = "closed"


def _around(wanted: Wanted, rows: QuerySet[Findable]) -> tuple[list[Row], Array]:
    """Those within some kilometres of the centre, and how far each is."""
    if wanted.centre is None:
        return [], np.empty(0)
    longitude, latitude = wanted.centre
    up = wanted.km / KM_PER_DEGREE
    across = up / cos(radians(latitude))
    rows = rows.filter(
        latitude__range=(latitude - up, latitude + up),
        longitude__range=(longitude - across, longitude + across),
    )
    names = PLAIN if _asks_nothing(wanted) else (*PLAIN, *ANSWERS)
    read = list(rows.values_list(*names))
    km = km_between([wanted.centre], [row[1:3] for row in read])[0]
    inside = km <= wanted.km
    return list(compress(read, inside.tolist())), km[inside]


def _asks_nothing(wanted: Wanted) -> bool:
    is_asked = wanted.is_accessible or wanted.when is not When.ANY
    return not is_asked and not _offered(wanted)


def _answers(rows: Sequence[Row], wanted: Wanted) -> list[_Said]:
    """Each place by what is known of it; hours read in their text where they must."""
    texts = _texts([row[0] for row in rows if row[-1]])
    found = []
    for pk, *_plain, is_sure, is_open, is_to_read in rows:
        opens = Answer.YES if is_open else Answer.UNKNOWN
        if is_to_read:
            opens = _opens(texts[pk], wanted)
        if opens is Answer.NO:
            found.append(_Said.CLOSED)
        elif not is_sure:
            found.append(_Said.NO_OFFER)
        else:
            found.append(_Said.ALL if opens is Answer.YES else _Said.NO_HOURS)
    return found


def _not_refused(wanted: Wanted) -> QuerySet[Findable]:
    """The places whose list does not say that they do not suit."""
    offered = _offered(wanted)
    rows = _shown_rows().alias(
        **{f"has_{name}": F(name).bitand(bits) for name, bits in offered.items()}
    )
    for name in offered:
        rows = rows.filter(Q(**{f"has_{name}__gt": 0}) | Q(**{name: 0}))
    sure = Q(**{f"has_{name}__gt": 0 for name in offered if name != "publics"})
    if wanted.is_accessible:
        # A place that cares for the deaf does not say that its door has a step.
        door = F("care").bitand(bits_of("care", [REDUCED_MOBILITY]))
        rows, sure = rows.alias(has_door=door), sure & Q(has_door__gt=0)
    return _not_closed(rows.annotate(is_sure=_one_if(sure)), wanted)


def _shown_rows() -> QuerySet[Findable]:
    """Without the lists of teams that wait; they are few, and most often none."""
    waiting = list(PlaceList.objects.waiting().values_list("pk", flat=True))
    rows = Findable.objects.all()
    return rows.exclude(list_pk__in=waiting) if waiting else rows


def _offered(wanted: Wanted) -> dict[str, int]:
    """The bits asked, list by list; a place that names no public welcomes all."""
    asked = {
        "services": [wanted.need],
        "publics": [wanted.public],
        "care": [wanted.care],
        "costs": COSTS[wanted.cost],
        "access_modes": [wanted.access],
        "kinds": [wanted.kind],
    }
    found = {name: bits_of(name, filter(None, codes)) for name, codes in asked.items()}
    return {name: bits for name, bits in found.items() if bits}


def _not_closed(rows: QuerySet[Findable], wanted: Wanted) -> QuerySet[Findable]:
    """Those open when it suits, those whose text is to be read, and the unknown."""
    half_hours = _half_hours(wanted)
    if half_hours is None:
        return rows.annotate(is_open=Value(1), is_to_read=Value(0))
    days: Combinable = Value(0)
    for day, bits in half_hours.items():
        days = days + F(DAYS[day.weekday()]).bitand(bits)
    by_text = [Week.TO_READ]
    eves = {day - timedelta(days=1) for day in half_hours}
    if bank_holidays([*eves, *half_hours]):
        by_text.append(Week.BUT_HOLIDAYS)
    rows = rows.annotate(
        is_to_read=_one_if(Q(week__in=by_text)),
        open_bits=days,
        is_open=_one_if(Q(open_bits__gt=0)),
    )
    return rows.filter(Q(open_bits__gt=0) | Q(week__in=[Week.UNKNOWN, *by_text]))


def _half_hours(wanted: Wanted) -> dict[date, int] | None:
    """When it suits, by half hours; a search is within one time zone."""
    zone = ZoneInfo(zone_of(wanted.commune.code))
    now = wanted.now.replace(second=0, microsecond=0).astimezone(zone)
    if wanted.when is When.ANY:
        return None
    if wanted.when is When.NOW:
        return half_hour_at(now)
    if wanted.when is When.MOMENT and wanted.moment:
        return half_hour_at(wanted.moment)
    return half_hours_between(*_window(wanted.when, now, zone))


def _one_if(condition: Q) -> Combinable:
    """A number rather than a truth value, which takes twice as long to be read."""
    if not condition:
        return Value(1)
    return Case(Whenever(condition, then=1), default=0)


def _texts(pks: list[int]) -> dict[int, tuple[str, str]]:
    """Hours as they are written, and in which commune; a part at a time."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(pks), READ_AT_ONCE):
        part = Place.objects.filter(pk__in=pks[start : start + READ_AT_ONCE])
        rows = part.values_list("pk", "opening", "commune_id")
        found |= {pk: (opening, code) for pk, opening, code in rows}
    return found


def _opens(said: tuple[str, str], wanted: Wanted) -> Answer:
    """Whether a place is open when it suits, as its text says."""
    now = wanted.now.replace(second=0, microsecond=0)
    return _open_at(said[0], zone_of(said[1]), wanted.when, now, wanted.moment)


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
