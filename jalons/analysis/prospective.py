"""The prospective matrix: items rated on impact and on mastery (rule 21).

Each person gives every item a grade from 1 to 5 on both axes. The points of an item on
an axis are the sum over voters of (grade − 1): 0 to 4 each, as the table of the method
webinar writes them. The centre of an item is the mean of its grades, its spread the
quartiles (type 7). Axes are cut at the median of the centres, or at the middle of the
scale when asked; an item that lies on an axis is in no quadrant. Items whose grades are
widely spread, or on an axis, are to be discussed, not averaged. Not valid for opinions
outside the room: those present were not drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from jalons.analysis.spread import Spread, spread

GRADES = (1, 2, 3, 4, 5)
MIDPOINT = 3.0
WIDE = 2.0
"""Distance between quartiles from which half of the people lie two grades apart."""

Quadrant = Literal["invest", "strengthen", "watch", "maintain", ""]
Grades = tuple[int, int]
"""One person's grades for one item: impact, then mastery."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One item of the matrix; without voters it has points 0 and no place."""

    item: int
    n: int
    impact_points: int
    mastery_points: int
    impact: Spread | None
    mastery: Spread | None
    x: float | None
    y: float | None
    quadrant: Quadrant
    is_to_discuss: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The items in order, and where the axes are cut (mastery, then impact)."""

    items: Sequence[Rated]
    cut_x: float
    cut_y: float

    @property
    def to_discuss(self) -> list[Rated]:
        return [one for one in self.items if one.is_to_discuss]


def points(grades: Sequence[int]) -> int:
    """The points of an item on one axis.

    >>> points([1, 3, 5])
    6
    """
    return sum(grade - 1 for grade in grades)


def quadrant_of(x: float, y: float, cut_x: float, cut_y: float) -> Quadrant:
    """The quadrant of a centre; nothing when it lies on an axis.

    >>> quadrant_of(1.5, 4.5, 3, 3), quadrant_of(3, 4.5, 3, 3)
    ('invest', '')
    """
    if x == cut_x or y == cut_y:
        return ""
    if y > cut_y:
        return "invest" if x < cut_x else "strengthen"
    return "watch" if x < cut_x else "maintain"


def rate(votes: Mapping[int, Sequence[Grades]], *, at_midpoint: bool = False) -> Matrix:
    """The whole matrix: each item, most impact points first, then less mastery.

    >>> [one.item for one in rate({7: [(2, 2)], 8: [(5, 4)], 9: [(5, 1)]}).items]
    [9, 8, 7]
    """
    centres = {item: _centre(grades) for item, grades in votes.items() if grades}
    cut_x = cut_y = MIDPOINT
    if centres and not at_midpoint:
        cut_x = median(x for x, _y in centres.values())
        cut_y = median(y for _x, y in centres.values())
    found = [_rated(item, votes[item], cut_x, cut_y) for item in votes]
    places = {item: place for place, item in enumerate(votes)}
    found.sort(
        key=lambda one: (-one.impact_points, one.mastery_points, places[one.item])
    )
    return Matrix(found, cut_x, cut_y)


def _centre(grades: Sequence[Grades]) -> tuple[float, float]:
    n = len(grades)
    return (sum(one[1] for one in grades) / n, sum(one[0] for one in grades) / n)


def _rated(item: int, grades: Sequence[Grades], cut_x: float, cut_y: float) -> Rated:
    if not grades:
        return Rated(item, 0, 0, 0, None, None, None, None, "", is_to_discuss=False)
    impact, mastery = [one[0] for one in grades], [one[1] for one in grades]
    x, y = _centre(grades)
    around = (spread(impact), spread(mastery))
    quadrant = quadrant_of(x, y, cut_x, cut_y)
    is_wide = any(one.high - one.low >= WIDE for one in around)
    return Rated(
        item=item,
        n=len(grades),
        impact_points=points(impact),
        mastery_points=points(mastery),
        impact=around[0],
        mastery=around[1],
        x=x,
        y=y,
        quadrant=quadrant,
        is_to_discuss=is_wide or not quadrant,
    )
