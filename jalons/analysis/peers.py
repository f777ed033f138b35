"""Territories that resemble mine, how far they are, and why they are near.

Each criterion is standardised over all the territories compared (mean 0, deviation 1),
after a logarithm where sizes differ by orders of magnitude (population, density). The
distance is the square root of the weighted mean of squared differences, over the
criteria known on both sides: 0 is the same on all, 1 is one standard deviation apart
on average. A mean, not a sum, so that a missing criterion does not bring nearer.

Resembling on these criteria says nothing of the others; it is no judgement of merit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jalons.analysis.observations import Array, Figures

COUNT = 5
LEAST_SHARED = 0.75
"""Share of the weight of the criteria that must be known on both sides: our choice. Two
territories that share few criteria would come out near by chance."""
NEAR, FAR = 0.25, 1.0
"""In standard deviations: what makes two territories close, and what sets them apart,
as said in the sentence. Our choices."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A figure to resemble on; `log` where a ratio matters more than a difference."""

    code: str
    scale: Literal["plain", "log"] = "plain"
    weight: float = 1


@dataclass(frozen=True, slots=True)
class Likeness:
    """One criterion of two territories; `difference` in standard deviations, theirs
    minus mine. None when one of them is unknown."""

    criterion: str
    mine: float | None
    theirs: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A territory that resembles, with the reasons, closest criterion first.

    `near` and `far` name the criteria that bring together and set apart; `unknown`
    those that could not be compared.
    """

    code: str
    distance: float
    likenesses: tuple[Likeness, ...]
    near: tuple[str, ...]
    far: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A territory compared with mine, and how many of the table resemble mine more.

    `nearer` is None, and the distance of `neighbour` NaN, when too few criteria are
    known on both sides; `comparable` counts those of the table that can be placed.
    """

    neighbour: Neighbour
    nearer: int | None
    comparable: int


def nearest(
    figures: Figures, code: str, criteria: Sequence[Criterion], count: int = COUNT
) -> tuple[Neighbour, ...]:
    """The `count` nearest territories of the table, ties by code.

    The table holds the territories to choose from, of one level, and `code`. Nobody is
    given when too little is known of `code` itself. Raises ValueError without
    criterion, or when a logarithm is asked of a value that is not above zero.

    >>> figures = Figures(("a", "b", "c"), ("income", "age"),
    ...                   [[20, 30], [21, 30], [30, 10]], [1, 1, 1])
    >>> criteria = [Criterion("income"), Criterion("age")]
    >>> [one.code for one in nearest(figures, "a", criteria)]
    ['b', 'c']
    >>> nearest(figures, "a", criteria)[0].near
    ('age', 'income')
    """
    at, differences, distances = _measured(figures, code, criteria)
    comparable = np.flatnonzero(~np.isnan(distances))
    order = sorted(comparable.tolist(), key=lambda to: _place(figures, distances, to))
    return tuple(
        _neighbour(figures, criteria, (at, to), differences[to], float(distances[to]))
        for to in order[:count]
    )


def placed(
    figures: Figures, code: str, criteria: Sequence[Criterion], others: Collection[str]
) -> dict[str, Placed]:
    """Each of `others` compared with `code`, by its code, as `nearest` would.

    Those of the table that are neither `code` nor of `others` are only counted.
    Raises ValueError as `nearest` does.

    >>> figures = Figures(("a", "b", "c"), ("income", "age"),
    ...                   [[20, 30], [21, 30], [30, 10]], [1, 1, 1])
    >>> found = placed(figures, "a", [Criterion("income"), Criterion("age")], ["c"])
    >>> found["c"].nearer, found["c"].comparable
    (1, 2)
    """
    at, differences, distances = _measured(figures, code, criteria)
    rounded = distances.round(9)
    comparable = int((~np.isnan(distances)).sum())
    found = {}
    for to, other in enumerate(figures.codes):
        if other not in others or to == at:
            continue
        apart = float(distances[to])
        neighbour = _neighbour(figures, criteria, (at, to), differences[to], apart)
        nearer = None if np.isnan(apart) else int((rounded < rounded[to]).sum())
        found[other] = Placed(neighbour, nearer, comparable)
    return found


def _measured(
    figures: Figures, code: str, criteria: Sequence[Criterion]
) -> tuple[int, Array, Array]:
    """The row of `code`, how far each criterion and each territory is from it."""
    if not criteria or not all(one.weight > 0 for one in criteria):
        raise ValueError("at least one criterion, with a weight above zero")
    at = figures.codes.index(code)
    table = np.column_stack([standardised(figures, one) for one in criteria])
    differences = table - table[at]
    distances = _distances(differences, np.array([one.weight for one in criteria]))
    distances[at] = np.nan
    return at, differences, distances


def standardised(figures: Figures, criterion: Criterion) -> Array:
    """One criterion in standard deviations from its mean; all 0 if the same everywhere.

    >>> figures = Figures(("a", "b"), ("people",), [[10], [1000]], [10, 1000])
    >>> standardised(figures, Criterion("people", "log")).round(9).tolist()
    [-1.0, 1.0]
    """
    values = figures.of(criterion.code)
    if criterion.scale == "log":
        if (values <= 0).any():
            raise ValueError(f"{criterion.code}: a logarithm needs values above zero")
        values = np.log(values)
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        return values * 0
    found: Array = (values - known.mean()) / known.std()
    return found


def _distances(differences: Array, weights: Array) -> Array:
    """One distance a territory; NaN when too few criteria are known on both sides."""
    shared = ~np.isnan(differences) @ weights
    squares = np.nan_to_num(differences) ** 2 @ weights
    enough = shared >= LEAST_SHARED * weights.sum()
    with np.errstate(invalid="ignore"):
        return np.where(enough, np.sqrt(squares / shared), np.nan)


def _place(figures: Figures, distances: Array, at: int) -> tuple[float, str]:
    """By distance, rounded so that the last digit of a sum does not decide a tie."""
    return round(float(distances[at]), 9), figures.codes[at]


def _neighbour(
    figures: Figures,
    criteria: Sequence[Criterion],
    pair: tuple[int, int],
    differences: Array,
    distance: float,
) -> Neighbour:
    likenesses = []
    for criterion, difference in zip(criteria, differences.tolist(), strict=True):
        mine, theirs = (
            _known(value) for value in figures.of(criterion.code)[list(pair)]
        )
        likenesses.append(Likeness(criterion.code, mine, theirs, _known(difference)))
    likenesses.sort(key=_closeness)
    apart = {
        one.criterion: abs(one.difference)
        for one in likenesses
        if one.difference is not None
    }
    return Neighbour(
        figures.codes[pair[1]],
        distance,
        tuple(likenesses),
        tuple(code for code, gap in apart.items() if gap <= NEAR),
        tuple(code for code, gap in apart.items() if gap >= FAR),
        tuple(one.criterion for one in likenesses if one.difference is None),
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _closeness(likeness: Likeness) -> tuple[bool, float, str]:
    """Sorts unknown criteria last."""
    gap = likeness.difference
    return gap is None, abs(gap or 0.0), likeness.criterion
