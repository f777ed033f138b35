"""How many belong to a group on a day, and from one quarter to the next.

A stay goes from its first day to its last, both counted in; without a last day it goes
on. Somebody who leaves and comes back has two stays, so that who was a member on any
day of the past can still be said.

* Members on a day = stays that have begun and have not ended on that day.
* A quarter is counted on its last day, the one that is going on on the day it is read.
  Joined and left are the stays that begin, or whose last day is, in the quarter. A stay
  that ends on the last day of a quarter still counts on that day, so that members =
  members of the quarter before + joined − stays whose last day goes from that on which
  the quarter before was counted to the eve of that on which this one is.

Reference: point prevalence, the count of what is present at an instant (J. M. Last,
*A Dictionary of Epidemiology*, 2001). It says who is a member, not who takes part: a
group may count 160 members and gather twelve.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Stay:
    """From a first day to a last one, both counted in; None goes on."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter, the day on which it is counted, and what moved in it."""

    year: int
    number: int
    counted_on: date
    members: int
    joined: int
    left: int


def members_on(stays: Iterable[Stay], day: date) -> int:
    """How many stays hold a day.

    >>> stays = [Stay(date(2025, 1, 10), date(2025, 6, 30)), Stay(date(2025, 3, 1))]
    >>> [members_on(stays, date(2025, month, 1)) for month in (1, 2, 4, 7)]
    [0, 1, 2, 1]
    """
    return sum(stay.holds(day) for stay in stays)


def do_overlap(one: Stay, other: Stay) -> bool:
    """Whether two stays have a day in common.

    >>> first = Stay(date(2025, 1, 1), date(2025, 3, 31))
    >>> do_overlap(first, Stay(date(2025, 3, 31))), do_overlap(
    ...     first, Stay(date(2025, 4, 1)))
    (True, False)
    """
    return (other.until is None or one.since <= other.until) and (
        one.until is None or other.since <= one.until
    )


def by_quarter(stays: Sequence[Stay], first: date, today: date) -> list[Quarter]:
    """Every quarter from the one of a first day to the one that is going on.

    >>> stays = [Stay(date(2025, 1, 10), date(2025, 6, 30)), Stay(date(2025, 5, 1))]
    >>> for one in by_quarter(stays, date(2025, 1, 10), date(2025, 8, 2)):
    ...     print(one.year, one.number, one.counted_on, one.members, one.joined)
    2025 1 2025-03-31 1 1
    2025 2 2025-06-30 2 1
    2025 3 2025-08-02 1 0
    """
    quarters: list[Quarter] = []
    start = _start(first)
    while start <= today:
        following = _start(start + timedelta(days=31 * MONTHS_IN_A_QUARTER))
        end = min(following - timedelta(days=1), today)
        quarters.append(_quarter(stays, start, end))
        start = following
    return quarters


def _start(day: date) -> date:
    """The first day of the quarter of a day."""
    month = (day.month - 1) // MONTHS_IN_A_QUARTER * MONTHS_IN_A_QUARTER + 1
    return date(day.year, month, 1)


def _quarter(stays: Sequence[Stay], start: date, end: date) -> Quarter:
    return Quarter(
        year=start.year,
        number=(start.month - 1) // MONTHS_IN_A_QUARTER + 1,
        counted_on=end,
        members=members_on(stays, end),
        joined=sum(start <= stay.since <= end for stay in stays),
        left=sum(
            stay.until is not None and start <= stay.until <= end for stay in stays
        ),
    )
