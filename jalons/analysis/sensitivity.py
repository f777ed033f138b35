"""What an index owes to each indicator, and what its indicators tell twice.

* Leave one out: the index without one indicator, and how far the ranks move.
* Correlations of ranks (Spearman) between indicators, in the direction in which they
  raise the index. Two that go together count the same thing twice; two of one axis that
  go against each other cancel out, and their mean says little.

Both come before any talk of robustness: an index may be very stable and still count
poverty three times. Source: OECD and JRC, 2008, Handbook on Constructing Composite
Indicators, § 1.4 and 7. Correlations of territories say nothing of persons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from jalons.analysis.composite import normalised, score
from jalons.analysis.index import (
    Coverage,
    Group,
    Index,
    indicators_of,
    reweighted,
    ticked,
)
from jalons.analysis.observations import Array, Figures
from jalons.analysis.ranking import check_range, ranks_of, third

TWICE = 0.70
"""Half of what one indicator says of the ranks (0.7² = 0.49) is said by the other:
our choice."""
AGAINST = -0.30
"""From here, two indicators of one axis cancel part of each other: our choice."""
LEAST_PAIRS = 10
"""Under ten territories, a correlation is not given."""

Overlap = Literal["twice", "against"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The index without one indicator, on the `n` territories that have both scores.

    `correlation` is between both ranks; shifts are in ranks, `farthest` the territory
    that moves most; `changed_third` counts those that enter or leave the most fragile
    third. With fewer than two territories all but `n` are None.
    """

    indicator: str
    n: int
    correlation: float | None
    mean_shift: float | None
    greatest_shift: int | None
    farthest: str | None
    changed_third: int | None


@dataclass(frozen=True, slots=True)
class Correlation:
    """Two indicators over the `n` territories where both are known."""

    one: str
    other: str
    n: int
    value: float | None
    same_axis: bool
    overlap: Overlap | None


def leave_one_out(
    index: Index, figures: Figures, reference: Figures
) -> tuple[LeftOut, ...]:
    """Score again without each indicator in turn, by how much the ranks move.

    Only territories that have a score by the whole index are ranked; what is left of
    their indicators is then enough. Sorted from the most to the least moving.

    >>> from jalons.analysis.index import Indicator
    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b", 3))),))
    >>> figures = Figures(("x", "y", "z"), ("a", "b"),
    ...                   [[9, 3], [5, 2], [1, 8]], [1, 1, 1])
    >>> found = leave_one_out(index, figures, reference=figures)
    >>> [(one.indicator, one.greatest_shift, one.farthest) for one in found]
    [('b', 2, 'z'), ('a', 0, 'x')]
    """
    names = [one.code for one in indicators_of(ticked(index))]
    base = score(index, figures, reference).values
    ranked = ~np.isnan(base)
    loose = replace(index, coverage=Coverage(0, 0))
    found = []
    for name in names if len(names) > 1 else []:
        without = reweighted(loose, {name: 0})
        other = score(without, figures, reference).values
        both = ranked & ~np.isnan(other)
        codes = [code for code, kept in zip(figures.codes, both, strict=True) if kept]
        found.append(_left_out(name, codes, base[both], other[both]))
    return tuple(sorted(found, key=lambda one: -(one.mean_shift or 0)))


def _left_out(name: str, codes: list[str], base: Array, other: Array) -> LeftOut:
    n = len(codes)
    if n < 2:
        return LeftOut(name, n, None, None, None, None, None)
    check_range(base)
    check_range(other)
    before, after = ranks_of(np.stack([base, other])).astype(np.int64)
    shifts = np.abs(after - before)
    at = int(shifts.argmax())
    changed = (before <= third(n)) != (after <= third(n))
    return LeftOut(
        name,
        n,
        spearman(base, other),
        float(shifts.mean()),
        int(shifts[at]),
        codes[at],
        int(changed.sum()),
    )


def correlations(index: Index, reference: Figures) -> tuple[Correlation, ...]:
    """Every pair of ticked indicators, over the reference, strongest first.

    >>> from jalons.analysis.index import Indicator
    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),))
    >>> values = [[at, at * at] for at in range(12)]
    >>> codes = tuple(str(at) for at in range(12))
    >>> figures = Figures(codes, ("a", "b"), values, [1] * 12)
    >>> [(pair.value, pair.overlap) for pair in correlations(index, figures)]
    [(1.0, 'twice')]
    """
    columns = normalised(index, reference, reference)
    pairs = combinations(enumerate(_with_axes(index)), 2)
    found = [
        _correlation(columns[:, [at, to]], one, other)
        for (at, one), (to, other) in pairs
    ]
    return tuple(sorted(found, key=lambda pair: -abs(pair.value or 0)))


def _with_axes(index: Index) -> Iterator[tuple[str, str]]:
    """Code and axis of each ticked indicator, in the order of the columns."""
    for axis in ticked(index).parts:
        if isinstance(axis, Group):
            for one in indicators_of(axis):
                yield one.code, axis.code


def _correlation(
    pair: Array, one: tuple[str, str], other: tuple[str, str]
) -> Correlation:
    known = pair[~np.isnan(pair).any(axis=1)]
    n = len(known)
    value = spearman(known[:, 0], known[:, 1]) if n >= LEAST_PAIRS else None
    same_axis = one[1] == other[1]
    overlap: Overlap | None = None
    if value is not None and value >= TWICE:
        overlap = "twice"
    elif value is not None and same_axis and value <= AGAINST:
        overlap = "against"
    return Correlation(one[0], other[0], n, value, same_axis, overlap)


def spearman(one: Array, other: Array) -> float | None:
    """Correlation of ranks, equal values sharing their mean rank; None for a constant.

    >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 5.0, 5.0]))
    -0.8660254037844387
    """
    first, second = (mean_ranks(values) for values in (one, other))
    first, second = first - first.mean(), second - second.mean()
    spread = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / spread if spread > 0 else None


def mean_ranks(values: Array) -> Array:
    """Ranks from 1 for the least; equal values share the mean of theirs.

    >>> mean_ranks(np.array([5.0, 1.0, 5.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Array = (last - (counts - 1) / 2)[place]
    return ranks
