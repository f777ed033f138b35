"""Intervals of a share: what the number of answers allows to say.

* Wilson's score interval (E. B. Wilson, 1927, "Probable inference, the law of
  succession, and statistical inference", JASA 22(158), 209-212): never leaves
  [0; 1], keeps a width at 0 of n, holds for small n where the usual p ± 1.96 s fails.
* Finite population (W. G. Cochran, 1977, Sampling Techniques, ch. 3): drawing n of N
  without replacement divides the variance by (N - 1)/(N - n); the interval is that of
  an effective size n(N - 1)/(N - n). When all answered (n = N) nothing is uncertain
  and the interval has no width.

Not for several answers of one territory, which resemble each other, nor for weights
that differ: see `clustered`.

Respondents of a survey are volunteers: these intervals are "to be read as if the
respondents had been drawn at random", and say nothing of who chose not to answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

CONFIDENCE = 0.95

SMALLEST_BASE = 5
"""Under five units a share is not written: one answer more would move it by 20 points
or more, and the interval of 0 of 4 already reaches 49 %. The counts say all there is.
"""


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a share, between 0 and 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`; share and interval are None when n is zero: not computable."""

    count: int
    n: int
    share: float | None
    interval: Interval | None


def wilson(
    k: int, n: int, population: int | None = None, confidence: float = CONFIDENCE
) -> Interval | None:
    """Interval of the share k/n, or None when nobody answered.

    `population` is the number N of units of which n answered; without it, the
    units are taken as drawn from a population without limit.

    >>> found = wilson(6, 33)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0861, 0.3439)
    >>> wilson(7, 14, population=14)
    Interval(low=0.5, high=0.5)
    >>> wilson(0, 0) is None
    True
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a share")
    if population is not None and population < n:
        raise ValueError(f"{n} answers out of a population of {population}")
    if n == 0:
        return None
    if n == population:
        return Interval(k / n, k / n)
    return _score_interval(k / n, _effective(n, n, population), confidence)


def wilson_of(
    share: float, size: float, confidence: float = CONFIDENCE
) -> Interval | None:
    """Interval of a share already computed, at an effective number of answers.

    >>> wilson_of(6 / 33, 33) == wilson(6, 33)
    True
    """
    return _score_interval(share, size, confidence) if size else None


def _effective(size: int, drawn: int, population: int | None) -> float:
    """Size of a sample as precise, had the population no limit."""
    if population is None:
        return size
    return size * (population - 1) / (population - drawn)


def _score_interval(p: float, size: float, confidence: float) -> Interval:
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (p + z * z / (2 * size)) / (1 + z * z / size)
    half = z * sqrt(p * (1 - p) / size + (z / (2 * size)) ** 2) / (1 + z * z / size)
    # At 0 and 1 the bound is exactly 0 or 1; the subtraction leaves a rounding error.
    low = 0.0 if p == 0 else max(0.0, middle - half)
    high = 1.0 if p == 1 else min(1.0, middle + half)
    return Interval(low, high)


def score_bounds(shares: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """Wilson's bounds of a table (rows × columns), each row of its own size.

    NaN for a share or a size that is not known, and for a size of zero.

    >>> low, high = score_bounds(np.array([[6 / 33]]), np.array([33.0]))
    >>> round(float(low[0, 0]), 4), round(float(high[0, 0]), 4)
    (0.0861, 0.3439)
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    size = np.where(sizes > 0, sizes, np.nan)[:, None]
    middle = (shares + z * z / (2 * size)) / (1 + z * z / size)
    spread = np.sqrt(
        np.maximum(shares * (1 - shares), 0) / size + (z / (2 * size)) ** 2
    )
    half = z * spread / (1 + z * z / size)
    known = ~np.isnan(middle)
    low = np.where((shares <= 0) & known, 0.0, np.maximum(middle - half, 0))
    high = np.where((shares >= 1) & known, 1.0, np.minimum(middle + half, 1))
    return low, high


def share(k: int, n: int, population: int | None = None) -> Share:
    """The share k/n with its Wilson interval.

    >>> share(0, 0)
    Share(count=0, n=0, share=None, interval=None)
    """
    return Share(k, n, k / n if n else None, wilson(k, n, population))
