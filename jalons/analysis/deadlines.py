"""How near a date is, in whole months: the last threshold passed before it.

A threshold of n months is passed on the day of the same number n calendar months
before the end, or on the last day of that month when it is shorter (31 August minus
six months is 28 or 29 February). On the day after the end, the end is passed.

Calendar months are how funding agreements are written; thirty-day months would drift
by several days over half a year. Not valid for working days nor notice periods in law.
Reference: ISO 8601 calendar arithmetic with truncation, as in PostgreSQL intervals.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

PASSED = 0
"""The threshold of what has ended."""


def months_before(day: date, months: int) -> date:
    """The same day some months before, or the last one of a shorter month.

    >>> months_before(date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def threshold_passed(
    ends_on: date, today: date, thresholds: Sequence[int]
) -> int | None:
    """The smallest threshold passed, in months; PASSED after the end, else None.

    >>> threshold_passed(date(2026, 12, 31), date(2026, 10, 1), (6, 3, 1))
    3
    >>> threshold_passed(date(2026, 12, 31), date(2026, 6, 29), (6, 3, 1)) is None
    True
    """
    if today > ends_on:
        return PASSED
    passed = [n for n in thresholds if today >= months_before(ends_on, n)]
    return min(passed, default=None)
