"""A week of opening hours as half hours, so that a database can answer by itself.

A week holds 7 days of 48 half hours; a day is a whole number whose bit n says that the
place is open from n × 30 minutes after midnight, for half an hour. It is made from what
the parser answers for one week without a bank holiday (`opening`), and is exact for:

* a text made of days, hours on the half hour, `off` and bank holidays (`PH`), since
  nothing else distinguishes two of its weeks;
* a moment, which lies in one half hour, and "open for half an hour at once between two
  moments", which is then the same as open for one whole half hour between them.

Not valid, and therefore refused (None), for any other text: seasons, first Monday of
the month, 08:45, comments. On a bank holiday, and on the day after, a text that names
them is to be read again. A night when clocks change is read as any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jalons.analysis.opening import Hours, open_spans

PER_DAY = 48
HALF_HOUR = timedelta(minutes=30)
# A week without a bank holiday, on either side of it as well.
MONDAY = date(2026, 1, 12)
REGULAR = re.compile(
    r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|off|closed|24/7|\d{1,2}:\d{2}|[-,; ])+"
)
HOLIDAYS = "PH"


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of half hours, Monday first; `heeds_holidays` if they change it."""

    days: tuple[int, ...]
    heeds_holidays: bool


def week_of(hours: Hours) -> Week | None:
    """The half hours of every week, or None when they would not say it exactly.

    >>> from jalons.analysis.opening import read_hours
    >>> week = week_of(read_hours("Tu 09:00-10:30; PH off"))
    >>> [bin(day) for day in week.days[:2]], week.heeds_holidays
    (['0b0', '0b111000000000000000000'], True)
    >>> week_of(read_hours("Tu 09:00-10:20")) is None
    True
    """
    if not REGULAR.fullmatch(hours.text):
        return None
    start, found = datetime.combine(MONDAY, time(), hours.zone), 0
    for span in open_spans(hours, start, start + timedelta(days=7)):
        first, left = divmod(span.start - start, HALF_HOUR)
        count, more = divmod(span.end - span.start, HALF_HOUR)
        if left or more:
            return None
        found |= ((1 << count) - 1) << first
    whole_day = (1 << PER_DAY) - 1
    days = tuple(found >> (PER_DAY * day) & whole_day for day in range(7))
    return Week(days, HOLIDAYS in hours.text)


def half_hour_at(moment: datetime) -> dict[date, int]:
    """The half hour in which a moment lies, on its own clock.

    >>> half_hour_at(datetime(2026, 11, 24, 9, 40)) == {date(2026, 11, 24): 1 << 19}
    True
    """
    return {moment.date(): 1 << (moment.hour * 2 + moment.minute // 30)}


def half_hours_between(start: datetime, end: datetime) -> dict[date, int]:
    """The whole half hours between two moments of one clock, day by day.

    >>> six, ten = datetime(2026, 11, 24, 18, 7), datetime(2026, 11, 24, 19, 59)
    >>> bin(half_hours_between(six, ten)[date(2026, 11, 24)] >> 36)
    '0b110'
    """
    found: dict[date, int] = {}
    day = start.date()
    while day <= end.date():
        midnight = datetime.combine(day, time(), start.tzinfo)
        first = max(0, -((midnight - start) // HALF_HOUR))
        last = min(PER_DAY, (end - midnight) // HALF_HOUR)
        if first < last:
            found[day] = ((1 << (last - first)) - 1) << first
        day += timedelta(days=1)
    return found
