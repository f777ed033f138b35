"""Neighbouring communes put together until enough people are counted in each group.

The smallest group under the minimum joins the group whose centre is nearest, until none
is too small or a single one is left. The centre of a group is the mean of those of its
communes: on a few dozen kilometres, degrees of longitude shortened by the cosine of the
latitude are as good as an arc.

Not valid to measure a way: neither roads nor rivers are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune: its centre in degrees, and the people counted there."""

    code: str
    longitude: float
    latitude: float
    people: int


def group_near(spots: Sequence[Spot], *, least: int) -> list[tuple[str, ...]]:
    """Codes by group, each of at least `least` people when there are so many at all.

    >>> a, b, c = Spot("a", 0, 45, 12), Spot("b", 1, 45, 3), Spot("c", 0.9, 45, 9)
    >>> group_near([a, b, c], least=11)
    [('a',), ('b', 'c')]
    """
    groups = [[spot] for spot in spots if spot.people]
    while len(groups) > 1:
        small = min(groups, key=lambda group: (_people(group), group[0].code))
        if _people(small) >= least:
            break
        others = [group for group in groups if group is not small]
        nearest = min(others, key=lambda group: (_gap(small, group), group[0].code))
        nearest.extend(small)
        groups = others
    found = [tuple(sorted(spot.code for spot in group)) for group in groups]
    return sorted(found)


def _people(group: Sequence[Spot]) -> int:
    return sum(spot.people for spot in group)


def _gap(one: Sequence[Spot], other: Sequence[Spot]) -> float:
    x, y = _centre(one)
    u, v = _centre(other)
    return hypot((x - u) * cos(radians((y + v) / 2)), y - v)


def _centre(group: Sequence[Spot]) -> tuple[float, float]:
    count = len(group)
    return (
        sum(spot.longitude for spot in group) / count,
        sum(spot.latitude for spot in group) / count,
    )
