"""When somebody is asked again: three and six months after the day they began.

An answer belongs to the last moment whose window has opened; one that comes after its
window is kept and marked late, since a late answer tells more than none. Days are
counted from the first answer of each code, not from the day a slip was printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.IntegerChoices):
    """Months since the first answer."""

    START = 0, _("at the start")
    THREE = 3, _("three months later")
    SIX = 6, _("six months later")


@dataclass(frozen=True, slots=True)
class Window:
    """From the day it opens to the last day on time."""

    opens_on: date
    closes_on: date


# Days after the first answer: two weeks before the anniversary, a month after it.
AFTER = {Moment.THREE: (76, 121), Moment.SIX: (167, 212)}
LATER = (Moment.THREE, Moment.SIX)


class TooEarly(Exception):
    """Nothing is asked yet; `opens_on` is the day from which it is."""

    def __init__(self, opens_on: date) -> None:
        super().__init__(opens_on)
        self.opens_on = opens_on


def window(started_on: date, moment: Moment) -> Window:
    """
    >>> window(date(2026, 1, 1), Moment.THREE).opens_on
    datetime.date(2026, 3, 18)
    """
    first, last = AFTER[moment]
    return Window(started_on + timedelta(first), started_on + timedelta(last))


def moment_on(started_on: date | None, day: date) -> tuple[Moment, bool]:
    """Which moment an answer of this day is of, and whether it is late.

    Raises TooEarly before the first window opens, or for a day before the start.
    """
    if started_on is None:
        return Moment.START, False
    for moment in reversed(LATER):
        found = window(started_on, moment)
        if day >= found.opens_on:
            return moment, day > found.closes_on
    raise TooEarly(window(started_on, Moment.THREE).opens_on)


def next_opening(started_on: date, answered: set[int]) -> date | None:
    """The next day on which something is asked again; nothing after the last moment."""
    last = max(answered, default=Moment.START)
    return next((window(started_on, one).opens_on for one in LATER if one > last), None)
