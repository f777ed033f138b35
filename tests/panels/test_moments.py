"""To which moment an answer belongs, and whether it is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jalons.panels.moments import Moment, TooEarly, moment_on, next_opening
from tests.analysis.tables import table

START = date(2026, 1, 1)
DAYS = table("""
    day | moment | late
    76  | 3      | no
    121 | 3      | no
    122 | 3      | yes
    166 | 3      | yes
    167 | 6      | no
    212 | 6      | no
    213 | 6      | yes
    500 | 6      | yes
""")


@pytest.mark.parametrize("row", DAYS)
def test_an_answer_belongs_to_the_last_window_opened(row):
    day = START + timedelta(int(row["day"]))

    assert (int(row["moment"]), row["late"] == "yes") == moment_on(START, day)


def test_the_first_answer_is_the_start_whenever_it_comes():
    assert (Moment.START, False) == moment_on(None, date(2030, 1, 1))


@pytest.mark.parametrize("days", [-3, 0, 75])
def test_before_the_first_window_it_is_too_early_and_the_day_is_told(days):
    with pytest.raises(TooEarly) as refused:
        moment_on(START, START + timedelta(days))
    assert date(2026, 3, 18) == refused.value.opens_on


def test_what_comes_next_is_told_until_the_last_moment():
    assert date(2026, 3, 18) == next_opening(START, {0})
    assert date(2026, 6, 17) == next_opening(START, {0, 3})
    assert next_opening(START, {0, 6}) is None
