from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from jalons.analysis.opening import PARIS, open_spans, read_hours
from jalons.tours.rhythm import RANKS, WEEKDAYS, Rhythm, written

MORNING = {"start": time(10), "end": time(12)}
NOVEMBER = datetime(2026, 11, 1, tzinfo=ZoneInfo(PARIS))


def days(rhythm, count=70):
    hours = read_hours(written(rhythm))
    spans = open_spans(hours, NOVEMBER, NOVEMBER + timedelta(days=count))
    return [span.start.date() for span in spans]


def test_dates_are_those_given_each_once():
    given = [date(2026, 12, 19), date(2026, 12, 5), date(2026, 12, 5)]

    assert days(Rhythm(**MORNING, dates=given)) == [
        date(2026, 12, 5),
        date(2026, 12, 19),
    ]


def test_the_first_and_third_tuesday_of_each_month():
    rhythm = Rhythm(**MORNING, weekday="Tu", rank="1,3")

    # Calendar of November and December 2026, read by hand.
    assert days(rhythm, 60) == [
        date(2026, 11, 3),
        date(2026, 11, 17),
        date(2026, 12, 1),
        date(2026, 12, 15),
    ]


def test_a_bank_holiday_is_left_out_of_what_repeats():
    # Wednesday 11 November 2026.
    assert date(2026, 11, 11) not in days(Rhythm(**MORNING, weekday="We"))


@pytest.mark.parametrize("weekday", WEEKDAYS)
@pytest.mark.parametrize("rank", RANKS)
def test_every_choice_of_the_form_can_be_read_back(weekday, rank):
    assert days(Rhythm(**MORNING, weekday=weekday, rank=rank))
