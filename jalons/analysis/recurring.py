"""Which problems come back: how many were told, by how many people, theme by theme.

Somebody tells a problem and its themes; others say that they meet it too. For a theme

* problems = those told that bear the theme, whatever the others they bear;
* people = those who told one of them or said “me too”, each once for the theme.

A problem of two themes counts in both: themes do not add up, the total is given apart.
Quarters are those of the day when the problem was told.

These are facts that people chose to tell, in a network that has its own members: they
say what is met, not how often among the inhabitants, and a theme that nobody speaks of
may well be a problem. Nothing is compared with another territory. Reference: the log of
issues raised in a community of practice (E. Wenger, R. McDermott and W. Snyder,
*Cultivating Communities of Practice*, 2002), read as counts and never as a rate.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Told:
    """A problem: its themes, the day it was told, who told it or met it too."""

    themes: tuple[str, ...]
    on: date
    people: frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Recurring:
    """A theme, with its problems and people, and the problems of each quarter."""

    theme: str
    problems: int
    people: int
    by_quarter: tuple[int, ...]


def quarter_of(day: date) -> tuple[int, int]:
    """The year and the number of the quarter of a day.

    >>> quarter_of(date(2026, 3, 31)), quarter_of(date(2026, 4, 1))
    ((2026, 1), (2026, 2))
    """
    return day.year, (day.month - 1) // 3 + 1


def last_quarters(today: date, count: int) -> list[tuple[int, int]]:
    """The quarters that end with the one of a day, the oldest first.

    >>> last_quarters(date(2026, 5, 2), 3)
    [(2025, 4), (2026, 1), (2026, 2)]
    """
    year, number = quarter_of(today)
    last = year * 4 + number - 1
    return [(one // 4, one % 4 + 1) for one in range(last - count + 1, last + 1)]


def recurring(
    told: Iterable[Told], quarters: Sequence[tuple[int, int]]
) -> list[Recurring]:
    """The themes by number of people, then of problems; those of no problem left out.

    >>> here = [Told(("sante", "emploi"), date(2026, 1, 5), frozenset("ab")),
    ...         Told(("sante",), date(2026, 5, 5), frozenset("bc"))]
    >>> for one in recurring(here, [(2026, 1), (2026, 2)]):
    ...     print(one.theme, one.problems, one.people, one.by_quarter)
    sante 2 3 (1, 1)
    emploi 1 2 (1, 0)
    """
    kept = [one for one in told if quarter_of(one.on) in set(quarters)]
    themes = sorted({theme for one in kept for theme in one.themes})
    found = [_theme(theme, kept, quarters) for theme in themes]
    return sorted(found, key=lambda one: (-one.people, -one.problems, one.theme))


def people_in(told: Iterable[Told]) -> int:
    """How many people told these problems or met them too, each once."""
    return len({person for one in told for person in one.people})


def _theme(
    theme: str, told: Sequence[Told], quarters: Sequence[tuple[int, int]]
) -> Recurring:
    bearing = [one for one in told if theme in one.themes]
    days = [quarter_of(one.on) for one in bearing]
    return Recurring(
        theme=theme,
        problems=len(bearing),
        people=people_in(bearing),
        by_quarter=tuple(days.count(one) for one in quarters),
    )
