from __future__ import annotations

from datetime import date

import pytest

from jalons.professionals.cycle import is_to_ask, kept_until

NOTED = date(2026, 1, 1)


def test_whoever_could_not_be_told_is_kept_a_month():
    assert kept_until(NOTED, None) == date(2026, 1, 31)


def test_whoever_was_heard_is_kept_two_years_more():
    assert kept_until(NOTED, date(2026, 3, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("heard", "asked", "today", "expected"),
    [
        (None, None, date(2030, 1, 1), False),
        (NOTED, None, date(2026, 12, 31), False),
        (NOTED, None, date(2027, 1, 1), True),
        (NOTED, date(2027, 1, 1), date(2027, 1, 2), False),
        (NOTED, date(2027, 1, 1), date(2027, 12, 31), False),
        # Confirmed since the last question: asked a year after that.
        (date(2027, 1, 5), date(2027, 1, 1), date(2028, 1, 4), False),
        (date(2027, 1, 5), date(2027, 1, 1), date(2028, 1, 5), True),
    ],
)
def test_one_is_asked_again_a_year_after_being_heard_and_once(
    heard, asked, today, expected
):
    assert is_to_ask(heard, asked, today) is expected
