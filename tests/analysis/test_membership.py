"""Who belonged to a group on a day: counted by hand, quarter by quarter."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.membership import Stay, by_quarter, do_overlap, members_on

# Four stays: one ended, one that came back after it, one that goes on, one of a day.
STAYS = [
    Stay(date(2024, 11, 15), date(2025, 2, 28)),
    Stay(date(2025, 7, 1)),
    Stay(date(2025, 1, 1)),
    Stay(date(2025, 3, 31), date(2025, 3, 31)),
]


def test_the_first_and_the_last_day_are_counted_in():
    days = [date(2024, 11, 14), date(2024, 11, 15), date(2025, 2, 28), date(2025, 3, 1)]

    assert [0, 1, 2, 1] == [members_on(STAYS, day) for day in days]


def test_each_quarter_is_counted_on_its_last_day_and_the_current_one_today():
    found = by_quarter(STAYS, date(2024, 11, 15), date(2025, 8, 15))

    assert [
        (2024, 4, date(2024, 12, 31), 1, 1, 0),
        (2025, 1, date(2025, 3, 31), 2, 2, 2),
        (2025, 2, date(2025, 6, 30), 1, 0, 0),
        (2025, 3, date(2025, 8, 15), 2, 1, 0),
    ] == [
        (one.year, one.number, one.counted_on, one.members, one.joined, one.left)
        for one in found
    ]


def test_a_group_that_begins_tomorrow_has_no_quarter_yet_in_this_one():
    assert [] == by_quarter([], date(2025, 4, 1), date(2025, 3, 31))


days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
stays = st.builds(
    lambda first, length: Stay(
        first, None if length is None else first + timedelta(days=length)
    ),
    days,
    st.none() | st.integers(0, 900),
)


@given(st.lists(stays, max_size=12), days, days)
def test_members_are_those_before_plus_the_joined_minus_whoever_is_gone(
    found, one, other
):
    quarters = by_quarter(found, min(one, other), max(one, other))

    for before, this in pairwise(quarters):
        gone = sum(
            stay.until is not None and before.counted_on <= stay.until < this.counted_on
            for stay in found
        )
        assert this.members == before.members + this.joined - gone


@given(stays, stays)
def test_two_stays_overlap_when_some_day_is_in_both(one, other):
    shared = max(one.since, other.since)

    assert do_overlap(one, other) == (one.holds(shared) and other.holds(shared))
