"""Which places are open in a period of an ordinary week: by day, in the evening…

An ordinary week is the first one from a given day without a bank holiday. A place is
open in a period when it is open for half an hour at once on at least one of its days
(`opening.opens_during`): one Saturday morning a week is enough to be open on Saturday
morning. Hours that cannot be read are not known, and never taken for closed.

Not valid for seasons: the hours of another month may differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from jalons.analysis.opening import (
    PARIS,
    Answer,
    is_bank_holiday,
    opens_during,
    read_hours,
)

WEEK = timedelta(days=7)


class Period(Enum):
    """A part of the week; its value is what an address says."""

    ANY = ""
    WEEKDAY = "journee"
    EVENING = "soir"
    SATURDAY_MORNING = "samedi-matin"
    WEEKEND = "week-end"


SPANS: dict[Period, tuple[tuple[int, ...], time, time]] = {
    Period.WEEKDAY: ((0, 1, 2, 3, 4), time(8), time(18)),
    Period.EVENING: ((0, 1, 2, 3, 4), time(18), time(22)),
    Period.SATURDAY_MORNING: ((5,), time(8), time(13)),
    Period.WEEKEND: ((5, 6), time(8), time(22)),
}
"""Days (Monday is 0), from, to. Evenings begin when offices close: our choices."""


def ordinary_week(day: date) -> date:
    """The Monday of the first week from this day on without a bank holiday.

    >>> ordinary_week(date(2026, 11, 25)), ordinary_week(date(2026, 12, 23))
    (datetime.date(2026, 11, 30), datetime.date(2027, 1, 4))
    """
    monday = day + timedelta(days=-day.weekday() % 7)
    while any(is_bank_holiday(monday + timedelta(days=n)) for n in range(7)):
        monday += WEEK
    return monday


@lru_cache(maxsize=50_000)
def opens_in(text: str, period: Period, monday: date, zone: str = PARIS) -> Answer:
    """Whether hours written so are open in a period of the week of a Monday.

    >>> opens_in("Sa 09:00-12:00", Period.SATURDAY_MORNING, date(2026, 11, 30))
    <Answer.YES: 'yes'>
    >>> opens_in("Mo-Fr 09:00-18:00", Period.EVENING, date(2026, 11, 30))
    <Answer.NO: 'no'>
    >>> opens_in("le samedi", Period.WEEKEND, date(2026, 11, 30))
    <Answer.UNKNOWN: 'unknown'>
    """
    hours = read_hours(text, zone)
    if hours is None:
        return Answer.UNKNOWN
    answers = {opens_during(hours, *span) for span in _spans(period, monday, zone)}
    for answer in (Answer.YES, Answer.UNKNOWN):
        if answer in answers:
            return answer
    return Answer.NO


def _spans(
    period: Period, monday: date, zone: str
) -> Iterator[tuple[datetime, datetime]]:
    days, start, end = SPANS[period]
    local = ZoneInfo(zone)
    for number in days:
        day = monday + timedelta(days=number)
        yield datetime.combine(day, start, local), datetime.combine(day, end, local)
