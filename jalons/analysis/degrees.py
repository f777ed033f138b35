"""Answers on a scale and answers ranked: their middle, and who comes first.

The median is the degree that cuts the answers in two halves; degrees are in order but
not at equal distances, so that no mean is computed. With an even number it may fall
half-way between two degrees. A ranking gives, for each option, the share of people
who placed it among their first k (those who left it out did not), and its mean rank
among those who ranked it: a mean rank is never read without their number, since an
option ranked first by two people alone has the best one.

Reference: A. Agresti, 2010, Analysis of Ordinal Categorical Data, ch. 2. Not valid to
say that two medians differ: neither carries an interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

NOT_RANKED = 0


def median_degree(counts: Mapping[int, int]) -> float | None:
    """The median of degrees by value; None when nobody answered.

    >>> median_degree({0: 1, 1: 2, 2: 2})
    1
    >>> median_degree({0: 1, 3: 1})
    1.5
    >>> median_degree({0: 0}) is None
    True
    """
    answers = [value for value, count in counts.items() for _one in range(count)]
    return median(answers) if answers else None


@dataclass(frozen=True, slots=True)
class Placing:
    """One option: how many ranked it among the first k, how many ranked it at all."""

    in_top: int
    ranked: int
    mean_rank: float | None


def placing(ranks: Sequence[int], k: int) -> Placing:
    """What the ranks given to one option amount to; 0 is "not ranked".

    >>> placing([1, 3, 0, 2], k=2)
    Placing(in_top=2, ranked=3, mean_rank=2.0)
    """
    given = [rank for rank in ranks if rank != NOT_RANKED]
    top = sum(rank <= k for rank in given)
    return Placing(top, len(given), fmean(given) if given else None)
