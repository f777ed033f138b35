"""Opening hours as OpenStreetMap writes them, read by a maintained parser.

A text such as `Mo-Fr 09:00-12:00,14:00-18:30; PH off` is read by the package
opening-hours-py, whose rules are those of the specification of the key
`opening_hours` (wiki.openstreetmap.org/wiki/Key:opening_hours/specification). Bank
holidays are those of France (`PH`). What is asked is one of three things: open, not
open, or not known.

Not known, and never guessed: a text that the parser refuses; one that follows the
school holidays (`SH`), whose calendar depends on the zone and on the year; one that
says the same days twice (`Fr 08:00-12:00; Fr 14:00-18:00`), where the letter keeps the
second rule only and the writer most often meant both. Not valid for the bank holidays
of Alsace-Moselle and of the overseas départements alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

COUNTRY = "FR"
PARIS = "Europe/Paris"
SCHOOL_HOLIDAYS = re.compile(r"\bSH\b")
TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}")
# A text that says more than the hours of every week.
SEASONS = re.compile(
    r"\b(PH|SH|week|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|easter|20\d\d)\b"
    r"|\[",
    re.IGNORECASE,
)
# Less would be a door that closes as one arrives.
WORTH_THE_JOURNEY = timedelta(minutes=30)
# A place open once a month, or in summer only, opens again within this time.
LOOKED_AHEAD = timedelta(days=366)


class Answer(Enum):
    """What is known of an opening."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, open; `comment` is what the text adds, if anything.

    A span that begins before what was asked, or ends after it, is cut there.
    """

    start: datetime
    end: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours that could be read, in the time zone of their place."""

    text: str
    zone: ZoneInfo
    rule: OpeningHours

    @property
    def vary(self) -> bool:
        """Whether one week differs from another: seasons, bank holidays, first Monday.

        >>> read_hours("Mo 09:00-12:00").vary, read_hours("Mo[1] 09:00-12:00").vary
        (False, True)
        """
        return bool(SEASONS.search(self.text))


@lru_cache(maxsize=20_000)
def read_hours(text: str, zone: str = PARIS) -> Hours | None:
    """The hours that a text says, or None when nothing certain can be read in it.

    >>> read_hours("Mo-Fr 09:00-12:00").text
    'Mo-Fr 09:00-12:00'
    >>> read_hours("lundi 9h-12h") is None, read_hours("SH Mo 10:00-12:00") is None
    (True, True)
    """
    # The parser takes a blank text for an opening day and night.
    if not text.strip() or not validate(text):
        return None
    if SCHOOL_HOLIDAYS.search(text) or _says_days_twice(text):
        return None
    local = ZoneInfo(zone)
    return Hours(text, local, OpeningHours(text, timezone=local, country=COUNTRY))


def state_at(hours: Hours, moment: datetime) -> Answer:
    """Whether it is open at a moment given with its time zone.

    >>> ten = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo(PARIS))
    >>> state_at(read_hours("Mo 09:00-12:00"), ten)
    <Answer.YES: 'yes'>
    """
    state, _comment = hours.rule.state(moment.astimezone(hours.zone))
    return _ANSWERS[state]


def open_spans(hours: Hours, start: datetime, end: datetime) -> tuple[Span, ...]:
    """Every span of opening between two moments.

    >>> day = datetime(2026, 11, 23, tzinfo=ZoneInfo(PARIS))
    >>> spans = open_spans(read_hours("Mo 09:00-12:00"), day, day + timedelta(days=1))
    >>> [(span.start.hour, span.end.hour) for span in spans]
    [(9, 12)]
    """
    return _spans(hours, start, end, State.OPEN)


def opens_during(
    hours: Hours,
    start: datetime,
    end: datetime,
    at_least: timedelta = WORTH_THE_JOURNEY,
) -> Answer:
    """Whether it is open for long enough, at once, between two moments.

    >>> six = datetime(2026, 11, 23, 18, tzinfo=ZoneInfo(PARIS))
    >>> opens_during(read_hours("Mo 14:00-18:15"), six, six + timedelta(hours=4))
    <Answer.NO: 'no'>
    """
    for state in (State.OPEN, State.UNKNOWN):
        spans = _spans(hours, start, end, state)
        if any(span.end - span.start >= at_least for span in spans):
            return _ANSWERS[state]
    return Answer.NO


def day_spans(hours: Hours, day: date) -> tuple[Span, ...]:
    """The spans that begin on a day; one that crosses midnight is given whole.

    >>> night = read_hours("Fr 22:00-02:00")
    >>> [(s.start.hour, s.end.hour) for s in day_spans(night, date(2026, 11, 27))]
    [(22, 2)]
    >>> day_spans(night, date(2026, 11, 28))
    ()
    """
    start = datetime.combine(day, time(), hours.zone)
    before, after = start - timedelta(days=1), start + timedelta(days=2)
    spans = open_spans(hours, before, after)
    if len(spans) == 1 and spans[0].start <= before and spans[0].end >= after:
        return (Span(start, start + timedelta(days=1), spans[0].comment),)
    return tuple(span for span in spans if span.start.date() == day)


def next_opening(hours: Hours, day: date) -> date | None:
    """The first day from this one on when it opens, in the year that follows.

    What is left of a night that began the day before is not an opening of this day.

    >>> next_opening(read_hours("Sa[2] 09:00-12:00"), date(2026, 11, 26))
    datetime.date(2026, 12, 12)
    >>> next_opening(read_hours("2026 Jan Mo 09:00-12:00"), date(2026, 11, 26)) is None
    True
    """
    start = datetime.combine(day, time(), hours.zone)
    # Read one by one: a year of spans would take a thousand times longer.
    found = hours.rule.intervals(start, start + LOOKED_AHEAD)
    opens = (
        max(first, start).date()
        for first, _to, state, _said in found
        if _is_open(state)
    )
    return next((one for one in opens if day_spans(hours, one)), None)


@lru_cache(maxsize=4_000)
def is_bank_holiday(day: date) -> bool:
    """Whether a day is a bank holiday everywhere in France.

    >>> is_bank_holiday(date(2026, 5, 14)), is_bank_holiday(date(2026, 5, 15))
    (True, False)
    """
    noon = datetime.combine(day, time(12))
    return OpeningHours("PH", country=COUNTRY).is_open(noon)


def _says_days_twice(text: str) -> bool:
    """Whether two rules begin with the same days, the last one alone being in force."""
    parts = [TIME_OF_DAY.split(rule, maxsplit=1) for rule in text.split(";")]
    days = [part[0].strip() for part in parts if len(part) > 1]
    return len(days) != len(set(days))


def _is_open(state: State) -> bool:
    return bool(state == State.OPEN)


_ANSWERS = {
    State.OPEN: Answer.YES,
    State.CLOSED: Answer.NO,
    State.UNKNOWN: Answer.UNKNOWN,
}


def _spans(
    hours: Hours, start: datetime, end: datetime, state: State
) -> tuple[Span, ...]:
    start, end = start.astimezone(hours.zone), end.astimezone(hours.zone)
    found = hours.rule.intervals(start, end)
    return tuple(
        Span(max(first, start), min(last or end, end), comment or "")
        for first, last, is_state, comment in found
        if is_state == state
    )
