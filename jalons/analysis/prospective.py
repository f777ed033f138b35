"""The prospective matrix: items rated on impact and on mastery (rule 21).

Each person gives every item a grade from 1 to 5 on both axes. The points of an item on
an axis are the sum over voters of (grade − 1): 0 to 4 each, as the table of the method
webinar writes them. The centre of an item is the mean of its grades, its spread the
quartiles (type 7). Axes are cut at the median of the centres, or at the middle of the
scale when asked; an item that lies on an axis is in no quadrant. Items whose grades are
widely spread, or on an axis, are to be discussed, not averaged. Points added up by
hand after a round on paper join those of the telephones: their centre is known, their
spread is not. Not valid for opinions outside the room: those present were not drawn at
random.
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

Order = Literal["impact", "mastery", "number"]
"""By points of impact then less mastery; the reverse; as the items are numbered."""
Quadrant = Literal["invest", "strengthen", "watch", "maintain", ""]
Grades = tuple[int, int]
"""One person's grades for one item: impact, then mastery."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What `n` people gave an item on paper: points, already added up by hand."""

    n: int
    impact_points: int
    mastery_points: int


NOBODY = OnPaper(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Rated:
    """One item of the matrix; without voters it has points 0 and no place.

    Counted in part on paper it has no spread.
    """

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
    on_paper: int = 0


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


def rate(
    votes: Mapping[int, Sequence[Grades]],
    *,
    paper: Mapping[int, OnPaper] | None = None,
    at_midpoint: bool = False,
    order: Order = "impact",
) -> Matrix:
    """The whole matrix: by default most impact points first, then less mastery.

    An item that nobody rated comes last in every order: its points are not 0.

    >>> [one.item for one in rate({7: [(2, 2)], 8: [(5, 4)], 9: [(5, 1)]}).items]
    [9, 8, 7]
    """
    by_hand = paper or {}
    summed = [
        _sum(item, grades, by_hand.get(item, NOBODY)) for item, grades in votes.items()
    ]
    centres = [one.centre for one in summed if one.centre]
    cut_x = cut_y = MIDPOINT
    if centres and not at_midpoint:
        cut_x = median(x for x, _y in centres)
        cut_y = median(y for _x, y in centres)
    found = [_rated(one, cut_x, cut_y) for one in summed]
    if order == "impact":
        found.sort(key=lambda one: (-one.impact_points, one.mastery_points))
    elif order == "mastery":
        found.sort(key=lambda one: (one.mastery_points, -one.impact_points))
    found.sort(key=lambda one: one.n == 0)
    return Matrix(found, cut_x, cut_y)


@dataclass(frozen=True, slots=True)
class _Summed:
    """An item before the axes are cut."""

    item: int
    grades: Sequence[Grades]
    on_paper: int
    impact_points: int
    mastery_points: int

    @property
    def n(self) -> int:
        return len(self.grades) + self.on_paper

    @property
    def centre(self) -> tuple[float, float] | None:
        """Mean grades, mastery then impact: each is one more than the mean points."""
        if not self.n:
            return None
        return (
            (self.mastery_points + self.n) / self.n,
            (self.impact_points + self.n) / self.n,
        )


def _sum(item: int, grades: Sequence[Grades], paper: OnPaper) -> _Summed:
    return _Summed(
        item,
        grades,
        paper.n,
        points([one[0] for one in grades]) + paper.impact_points,
        points([one[1] for one in grades]) + paper.mastery_points,
    )


def _rated(one: _Summed, cut_x: float, cut_y: float) -> Rated:
    x, y = one.centre or (None, None)
    has_spread = bool(one.grades) and not one.on_paper
    impact = spread([grade[0] for grade in one.grades]) if has_spread else None
    mastery = spread([grade[1] for grade in one.grades]) if has_spread else None
    quadrant: Quadrant = ""
    if x is not None and y is not None:
        quadrant = quadrant_of(x, y, cut_x, cut_y)
    is_wide = any(held and held.high - held.low >= WIDE for held in (impact, mastery))
    return Rated(
        item=one.item,
        n=one.n,
        impact_points=one.impact_points,
        mastery_points=one.mastery_points,
        impact=impact,
        mastery=mastery,
        x=x,
        y=y,
        quadrant=quadrant,
        is_to_discuss=is_wide or (x is not None and not quadrant),
        on_paper=one.on_paper,
    )
