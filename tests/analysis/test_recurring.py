"""Problems that come back: each person once a theme, counted by hand."""

from __future__ import annotations

from datetime import date

from jalons.analysis.recurring import (
    Told,
    last_quarters,
    people_in,
    quarter_of,
    recurring,
)

QUARTERS = [(2025, 4), (2026, 1), (2026, 2)]
TOLD = [
    Told(("sante",), date(2025, 12, 31), frozenset({1, 2})),
    Told(("sante", "emploi"), date(2026, 1, 1), frozenset({2})),
    Told(("emploi",), date(2026, 6, 30), frozenset({3, 4, 5})),
    Told((), date(2026, 2, 1), frozenset({9})),
    Told(("sante",), date(2025, 9, 30), frozenset({6, 7, 8})),
]


def test_a_person_counts_once_a_theme_and_what_is_before_the_period_does_not():
    found = recurring(TOLD, QUARTERS)

    assert [("emploi", 2, 4, (0, 1, 1)), ("sante", 2, 2, (1, 1, 0))] == [
        (one.theme, one.problems, one.people, one.by_quarter) for one in found
    ]


def test_the_total_counts_each_person_once_whatever_the_themes():
    in_period = [one for one in TOLD if quarter_of(one.on) in QUARTERS]

    assert 6 == people_in(in_period)


def test_quarters_cross_the_year():
    assert QUARTERS == last_quarters(date(2026, 4, 1), 3)


def test_nothing_told_makes_no_line():
    assert [] == recurring([], QUARTERS)
