from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jalons.analysis.opening import (
    Answer,
    day_spans,
    is_bank_holiday,
    next_opening,
    open_spans,
    opens_during,
    read_hours,
    state_at,
)

PARIS = ZoneInfo("Europe/Paris")
WEEK = "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00"
MONDAY, SATURDAY, SUNDAY = 23, 28, 29


def november(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


def hours_of(text: str, day: date) -> list[str]:
    spans = day_spans(read_hours(text), day)
    return [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (november(MONDAY, 9), Answer.YES),
        (november(MONDAY, 11, 59), Answer.YES),
        (november(MONDAY, 12), Answer.NO),
        (november(MONDAY, 18, 29), Answer.YES),
        (november(SATURDAY, 8, 30), Answer.YES),
        (november(SUNDAY, 10), Answer.NO),
    ],
)
def test_the_example_of_the_schema_is_read_to_the_minute(moment, expected):
    assert state_at(read_hours(WEEK), moment) == expected


def test_a_day_is_told_span_by_span():
    assert hours_of(WEEK, date(2026, 11, MONDAY)) == ["09:00-12:00", "14:00-18:30"]
    assert hours_of(WEEK, date(2026, 11, SUNDAY)) == []


@pytest.mark.parametrize(
    "text",
    ["", "   ", "lundi 9h-12h", "Mo-Fr 9h00-12h00", "fermé le lundi", "<b>Mo</b>"],
)
def test_what_is_not_in_the_language_of_hours_is_not_guessed(text):
    assert read_hours(text) is None


def test_hours_that_follow_school_holidays_are_not_guessed():
    assert read_hours("Mo-Fr 09:00-12:00; SH off") is None


@pytest.mark.parametrize(
    "text", ["Fr 08:00-12:00; Fr 14:00-18:00", "09:00-12:00; 14:00-18:00"]
)
def test_days_said_twice_are_not_guessed(text):
    assert read_hours(text) is None


def test_a_day_that_differs_from_the_others_replaces_them():
    text = "Mo-Fr 09:00-12:00; We 14:00-17:00"

    assert hours_of(text, date(2026, 11, 24)) == ["09:00-12:00"]
    assert hours_of(text, date(2026, 11, 25)) == ["14:00-17:00"]


def test_french_bank_holidays_are_those_of_the_year():
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [f"{day:%m-%d}" for day in days if is_bank_holiday(day)] == [
        *("01-01", "03-29", "05-01", "05-06", "05-08", "05-17"),
        *("07-14", "08-15", "11-01", "11-11", "12-25"),
    ]


def test_a_rule_on_bank_holidays_closes_that_day_only():
    text = "Mo-Fr 09:00-17:00; PH off"

    assert hours_of(text, date(2026, 5, 14)) == []
    assert hours_of(text, date(2026, 5, 15)) == ["09:00-17:00"]


def test_without_a_rule_a_bank_holiday_is_told_as_the_day_it_is():
    assert hours_of("Th 09:00-17:00", date(2026, 5, 14)) == ["09:00-17:00"]


def test_a_night_belongs_to_the_day_it_begins_and_is_open_after_midnight():
    text = "Fr 22:00-02:00"

    assert hours_of(text, date(2026, 11, 27)) == ["22:00-02:00"]
    assert hours_of(text, date(2026, 11, 28)) == []
    assert state_at(read_hours(text), november(28, 1)) == Answer.YES


def test_the_next_opening_is_a_day_on_which_it_opens_within_a_year():
    night, summer = read_hours("Fr 22:00-02:00"), read_hours("Jun-Aug Mo 14:00-20:00")

    # What is left of the night of Friday is not an opening of Saturday.
    assert next_opening(night, date(2026, 11, 28)) == date(2026, 12, 4)
    assert next_opening(night, date(2026, 11, 27)) == date(2026, 11, 27)
    # The last Monday of August is passed: 280 days until that of June.
    assert next_opening(summer, date(2026, 9, 1)) == date(2027, 6, 7)
    assert next_opening(read_hours("24/7"), date(2026, 9, 1)) == date(2026, 9, 1)
    assert next_opening(read_hours("2025 Mo 09:00-12:00"), date(2026, 9, 1)) is None


def test_seasons_are_followed():
    text = "Jul-Aug Mo 14:00-20:00; Sep-Jun Mo 09:00-12:00"

    assert hours_of(text, date(2026, 7, 6)) == ["14:00-20:00"]
    assert hours_of(text, date(2026, 11, 23)) == ["09:00-12:00"]
    assert read_hours(text).vary


def test_the_first_monday_of_a_month_is_one_monday():
    assert hours_of("Mo[1] 10:00-12:00", date(2026, 11, 2)) == ["10:00-12:00"]
    assert hours_of("Mo[1] 10:00-12:00", date(2026, 11, 9)) == []


def test_always_open_is_every_whole_day():
    assert hours_of("24/7", date(2026, 11, 23)) == ["00:00-00:00"]


def test_a_quarter_of_an_hour_in_the_evening_is_not_an_evening():
    evening = november(MONDAY, 18), november(MONDAY, 22)

    assert opens_during(read_hours("Mo 14:00-18:15"), *evening) == Answer.NO
    assert opens_during(read_hours("Mo 14:00-18:30"), *evening) == Answer.YES


def test_a_state_that_the_text_leaves_unknown_is_neither_open_nor_closed():
    hours = read_hours("Mo 09:00-12:00 unknown")

    assert state_at(hours, november(MONDAY, 10)) == Answer.UNKNOWN
    day = november(MONDAY), november(MONDAY + 1)
    assert opens_during(hours, *day) == Answer.UNKNOWN


def test_what_the_text_adds_is_kept():
    spans = open_spans(
        read_hours('Mo 09:00-12:00 "sur rendez-vous"'),
        november(MONDAY),
        november(MONDAY + 1),
    )

    assert [span.comment for span in spans] == ["sur rendez-vous"]


def test_a_moment_is_read_on_the_clock_of_the_place():
    reunion = read_hours("Mo 09:00-12:00", "Indian/Reunion")

    assert state_at(reunion, november(MONDAY, 6, 30)) == Answer.YES
    assert state_at(reunion, november(MONDAY, 9, 30)) == Answer.NO


def test_the_night_when_clocks_change_keeps_its_hours():
    assert hours_of("Su 09:00-12:00", date(2026, 10, 25)) == ["09:00-12:00"]
