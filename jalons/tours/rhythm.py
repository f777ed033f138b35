"""When a tour stops, from plain choices to the language of opening hours and back.

An officer chooses dates, or a day of the week; nobody has to write `Tu[1,3]`. Bank
holidays are left out of what repeats, since the truck does not go out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
WEEKDAYS: dict[str, str | Promise] = {
    "Mo": _("Monday"),
    "Tu": _("Tuesday"),
    "We": _("Wednesday"),
    "Th": _("Thursday"),
    "Fr": _("Friday"),
    "Sa": _("Saturday"),
    "Su": _("Sunday"),
}
RANKS: dict[str, str | Promise] = {
    "": _("every week"),
    "1": _("the first of the month"),
    "2": _("the second of the month"),
    "3": _("the third of the month"),
    "4": _("the fourth of the month"),
    "1,3": _("the first and the third of the month"),
    "2,4": _("the second and the fourth of the month"),
    "-1": _("the last of the month"),
}


HOURS = r"(\d{2}:\d{2})-(\d{2}:\d{2})"
REPEATED = re.compile(
    rf"({'|'.join(WEEKDAYS)})(?:\[([-\d,]+)\])? {HOURS}; PH off",
)
DATED = re.compile(rf"(\d{{4}}) ({'|'.join(MONTHS)}) (\d{{2}}) {HOURS}")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Dates, or a day of the week with its rank in the month; and the hours."""

    start: time
    end: time
    dates: Sequence[date] = ()
    weekday: str = ""
    rank: str = ""


def written(rhythm: Rhythm) -> str:
    """The rhythm in the language of opening hours.

    >>> written(Rhythm(time(10), time(12), weekday="Tu", rank="1,3"))
    'Tu[1,3] 10:00-12:00; PH off'
    >>> written(Rhythm(time(9), time(12, 30), dates=[date(2026, 12, 5)]))
    '2026 Dec 05 09:00-12:30'
    """
    hours = f"{rhythm.start:%H:%M}-{rhythm.end:%H:%M}"
    if rhythm.dates:
        days = sorted(set(rhythm.dates))
        return "; ".join(
            f"{day.year} {MONTHS[day.month - 1]} {day.day:02} {hours}" for day in days
        )
    rank = f"[{rhythm.rank}]" if rhythm.rank else ""
    return f"{rhythm.weekday}{rank} {hours}; PH off"


def read(text: str) -> Rhythm | None:
    """The choices that were written so; none for hours written otherwise.

    >>> read("Tu[1,3] 10:00-12:00; PH off").rank
    '1,3'
    >>> read("2026 Dec 05 09:00-12:30").dates
    [datetime.date(2026, 12, 5)]
    """
    if found := REPEATED.fullmatch(text):
        day, rank, start, end = found.groups(default="")
        return Rhythm(_time(start), _time(end), weekday=day, rank=rank)
    found_days = [DATED.fullmatch(part) for part in text.split("; ")]
    days, hours = [], set()
    for one in found_days:
        if one is None:
            return None
        year, month, day, start, end = one.groups()
        days.append(date(int(year), MONTHS.index(month) + 1, int(day)))
        hours.add((start, end))
    if len(hours) != 1:
        return None
    start, end = hours.pop()
    return Rhythm(_time(start), _time(end), dates=days)


def _time(text: str) -> time:
    return time.fromisoformat(text)
