"""How well a list describes a place: what is said, how fresh, how sure.

Q = 0.40 C + 0.25 F + 0.20 H + 0.15 P, each part from 0 to 1:

* C, completeness: share of what a person needs that is said (address, contact, help
  given, way of coming, cost, summary);
* F, freshness: 1 for a check of today, 0 from 548 days on (a year and a half, after
  which the place may have closed), straight in between; 0 without a date;
* H, hours: 1 when they can be read, 0.5 when they are words only, 0 without;
* P, position: 1 when the list gives it, 0.7 when it is found from the address, 0 in the
  middle of the commune.

The weights are a choice. Not a judgement of the place, nor of those who work there:
a perfect place badly described has a low score, and what lacks is told with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

NEEDED = ("address", "contact", "services", "access", "cost", "summary")
FRESH_DAYS = 548
COMPLETENESS, FRESHNESS, HOURS, POSITION = 0.40, 0.25, 0.20, 0.15
OF_HOURS = {"read": 1.0, "words": 0.5, "": 0.0}
OF_POSITION = {"given": 1.0, "address": 0.7, "commune": 0.0}


@dataclass(frozen=True, slots=True)
class Described:
    """What a list says of a place: what is filled in, its age, its hours, its point."""

    said: Collection[str]
    days_since_check: int | None
    hours: str
    position: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The score, from 0 to 1, and what to complete, the most useful first."""

    score: float
    lacks: tuple[str, ...]


def quality_of(place: Described) -> Quality:
    """The score of a place and what it lacks.

    >>> whole = Described(NEEDED, 0, "read", "given")
    >>> quality_of(whole)
    Quality(score=1.0, lacks=())
    >>> quality_of(Described((), None, "", "commune")).score
    0.0
    >>> quality_of(Described(("address",), 274, "words", "given")).lacks[:3]
    ('hours_unread', 'contact', 'services')
    """
    complete = sum(one in place.said for one in NEEDED) / len(NEEDED)
    fresh = 0.0
    if place.days_since_check is not None:
        fresh = min(1.0, max(0.0, 1 - place.days_since_check / FRESH_DAYS))
    score = (
        COMPLETENESS * complete
        + FRESHNESS * fresh
        + HOURS * OF_HOURS[place.hours]
        + POSITION * OF_POSITION[place.position]
    )
    return Quality(round(score, 3), tuple(_lacks(place)))


def _lacks(place: Described) -> list[str]:
    found = []
    if place.hours != "read":
        found.append("hours_unread" if place.hours else "hours")
    found += [one for one in NEEDED if one not in place.said]
    if place.position == "commune":
        found.append("position")
    if place.days_since_check is None:
        found.append("check")
    elif place.days_since_check > FRESH_DAYS:
        found.append("old_check")
    return found
