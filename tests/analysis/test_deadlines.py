from __future__ import annotations

from datetime import date

import pytest

from jalons.analysis.deadlines import PASSED, months_before, threshold_passed


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
        (date(2026, 12, 31), 3, date(2026, 9, 30)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 5, 4), 0, date(2026, 5, 4)),
        (date(2026, 5, 4), 24, date(2024, 5, 4)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, expected):
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 6, 29), None),
        (date(2026, 6, 30), 6),
        (date(2026, 9, 29), 6),
        (date(2026, 9, 30), 3),
        (date(2026, 11, 29), 3),
        (date(2026, 11, 30), 1),
        (date(2026, 12, 31), 1),
        (date(2027, 1, 1), PASSED),
    ],
)
def test_the_last_threshold_passed_before_the_end_of_december(today, expected):
    assert threshold_passed(date(2026, 12, 31), today, (6, 3, 1)) == expected
