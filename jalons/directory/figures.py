"""Who can help near a commune, and when: the one query behind the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from math import cos, radians
from zoneinfo import ZoneInfo

from jalons.analysis.distances import RADIUS_KM
from jalons.analysis.opening import (
    Answer,
    is_bank_holiday,
    opens_during,
    state_at,
)
from jalons.analysis.reach import km_between
from jalons.directory.models import Place
from jalons.territories.models import Territory

EVENING = (time(18), time(22))
FREE, FREE_UNDER_CONDITIONS = "gratuit", "sous_condition"
# What suits somebody who asks for each cost.
COSTS: dict[str, set[str]] = {
    "": set(),
    FREE: {FREE},
    FREE_UNDER_CONDITIONS: {FREE, FREE_UNDER_CONDITIONS},
}
SATURDAY = 5
KM_PER_DEGREE = RADIUS_KM * radians(1)
# When nothing is near enough, the nearest is looked for in these circles.
FURTHER_KM = (50, 100)


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
    when: When = When.ANY
    moment: datetime | None = None
    """A day and an hour on the clock of the place, for `When.MOMENT`."""

    def today(self, zone: ZoneInfo) -> date:
        return self.now.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Near:
    """A place that may help, and how far it is from the centre of the commune."""

    place: Place
    km: float


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
    for one in _around(wanted.commune, wanted.km):
        offer = _offers(one.place, wanted)
        if offer is Answer.NO:
            continue
        opens = _opens(one.place, wanted)
        if opens is Answer.NO:
            continue
        if offer is Answer.UNKNOWN:
            unsaid["offer"] += 1
        elif opens is Answer.UNKNOWN:
            unsaid["hours"] += 1
        else:
            near.append(one)
    near.sort(key=lambda one: (round(one.km, 1), one.place.name))
    return Found(near, unsaid["hours"], unsaid["offer"])


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


def _around(commune: Territory, km: int) -> list[Near]:
    """Every place within some kilometres of the centre of a commune."""
    if commune.latitude is None or commune.longitude is None:
        return []
    up = km / KM_PER_DEGREE
    across = up / cos(radians(commune.latitude))
    rows = list(
        Place.objects.open_to_all()
        .within_box(
            (commune.longitude - across, commune.longitude + across),
            (commune.latitude - up, commune.latitude + up),
        )
        .defer("summary", "description")
        .select_related("place_list")
        .prefetch_related("services")
    )
    centre = [(commune.longitude, commune.latitude)]
    points = [(place.longitude, place.latitude) for place in rows]
    distances = km_between(centre, points)[0]
    return [
        Near(place, float(distance))
        for place, distance in zip(rows, distances, strict=True)
        if distance <= km
    ]


def _offers(place: Place, wanted: Wanted) -> Answer:
    """Whether the place suits; a place that names no public welcomes everybody."""
    if wanted.public and place.publics and wanted.public not in place.publics:
        return Answer.NO
    costs = COSTS[wanted.cost]
    asked = (
        ({wanted.need} - {""}, {one.kind for one in place.services.all()}),
        ({wanted.care} - {""}, set(place.care)),
        (costs, set(place.costs)),
    )
    answers = [_holds(said, given) for said, given in asked]
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES


def _holds(asked: set[str], given: set[str]) -> Answer:
    if not asked or asked & given:
        return Answer.YES
    return Answer.NO if given else Answer.UNKNOWN


def _opens(place: Place, wanted: Wanted) -> Answer:
    """Whether the place is open when it suits; unknown without readable hours."""
    if wanted.when is When.ANY:
        return Answer.YES
    hours = place.hours
    if hours is None:
        return Answer.UNKNOWN
    if wanted.when is When.NOW:
        return state_at(hours, wanted.now)
    if wanted.when is When.MOMENT and wanted.moment:
        return state_at(hours, wanted.moment.replace(tzinfo=hours.zone))
    return opens_during(hours, *_window(wanted, hours.zone))


def _window(wanted: Wanted, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """This evening, or the weekend, from now on."""
    days = days_of(wanted, zone)
    if wanted.when is When.EVENING:
        start, end = (datetime.combine(days[0], at, zone) for at in EVENING)
    else:
        start = datetime.combine(days[0], time(), zone)
        end = datetime.combine(days[-1] + timedelta(days=1), time(), zone)
    return max(start, wanted.now.astimezone(zone)), max(end, wanted.now)
