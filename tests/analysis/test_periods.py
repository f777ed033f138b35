"""Open by day, in the evening, on Saturday morning, at the weekend: or not known."""

from __future__ import annotations

from datetime import date

import pytest

from jalons.analysis.opening import Answer
from jalons.analysis.periods import Period, opens_in, ordinary_week

MONDAY = date(2026, 11, 30)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("hours", "day", "evening", "saturday", "weekend"),
    [
        ("Mo-Fr 09:00-12:00", YES, NO, NO, NO),
        ("Th 17:00-20:00", YES, YES, NO, NO),
        ("Mo-Fr 14:00-18:15", YES, NO, NO, NO),
        ("Sa 10:00-12:00", NO, NO, YES, YES),
        ("Sa 14:00-18:00", NO, NO, NO, YES),
        ("Su 15:00-17:00", NO, NO, NO, YES),
        ("Fr 22:00-02:00", NO, NO, NO, NO),
        ("24/7", YES, YES, YES, YES),
        ("lundi 9h-12h", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        ("", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_half_an_hour_of_a_period_is_to_be_open_in_it(
    hours, day, evening, saturday, weekend
):
    periods = (
        Period.WEEKDAY,
        Period.EVENING,
        Period.SATURDAY_MORNING,
        Period.WEEKEND,
    )

    assert [day, evening, saturday, weekend] == [
        opens_in(hours, period, MONDAY) for period in periods
    ]


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 11, 30), date(2026, 11, 30)),
        # 1 and 8 May 2026 are Fridays, 14 May is Ascension, 25 May is Whit Monday.
        (date(2026, 4, 28), date(2026, 5, 18)),
        (date(2026, 5, 19), date(2026, 6, 1)),
    ],
)
def test_a_week_with_a_bank_holiday_is_no_ordinary_week(day, monday):
    assert monday == ordinary_week(day)
