"""Intervals of a share: what the number of answers allows to say.

* Wilson's score interval (E. B. Wilson, 1927, "Probable inference, the law of
  succession, and statistical inference", JASA 22(158), 209-212): never leaves
  [0; 1], keeps a width at 0 of n, holds for small n where the usual p ± 1.96 s fails.
* Finite population (W. G. Cochran, 1977, Sampling Techniques, ch. 3): drawing n of N
  without replacement divides the variance by (N - 1)/(N - n); the interval is that of
  an effective size n(N - 1)/(N - n). When all answered (n = N) nothing is uncertain
  and the interval has no width.
* Several answers of one territory are not independent: whole territories are drawn
  again with replacement (bootstrap by cluster, percentiles; A. C. Davison and
  D. V. Hinkley, 1997, Bootstrap Methods and their Application, § 3.8).

Respondents of a survey are volunteers: these intervals are "to be read as if the
respondents had been drawn at random", and say nothing of who chose not to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
DRAWS = 2_000
"""Enough for 95 % percentiles to move by less than a point between two seeds."""


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


def share(k: int, n: int, population: int | None = None) -> Share:
    """The share k/n with its Wilson interval.

    >>> share(0, 0)
    Share(count=0, n=0, share=None, interval=None)
    """
    return Share(k, n, k / n if n else None, wilson(k, n, population))


def cluster_bootstrap(
    hits: Sequence[bool] | NDArray[np.bool_],
    clusters: Sequence[str] | NDArray[np.integer],
    *,
    seed: int,
    population: int | None = None,
    draws: int = DRAWS,
) -> Interval | None:
    """95 % interval of the share of `hits` when answers come in `clusters`.

    `population` is the number of clusters (territories) of which some answered;
    deviations from the share are then multiplied by √((M - m)/(M - 1)). The interval
    is never narrower than Wilson's for as many independent answers: territories that
    are alike by chance do not make answers surer. When every answer is the same, the
    number of territories stands for the number of answers. None when nobody answered.

    >>> cluster_bootstrap([True, True, False], ["a", "a", "b"], seed=1)
    Interval(low=0.0, high=1.0)
    """
    names, which = np.unique(np.asarray(clusters), return_inverse=True)
    chosen = np.bincount(
        which, weights=np.asarray(hits, dtype=float), minlength=len(names)
    )
    (found,) = cluster_intervals(
        chosen[None].astype(np.int64),
        np.bincount(which, minlength=len(names)),
        seed=seed,
        population=population,
        draws=draws,
    )
    return found


def cluster_intervals(
    chosen: NDArray[np.int64],
    answered: NDArray[np.int64],
    *,
    seed: int,
    population: int | None = None,
    draws: int = DRAWS,
) -> list[Interval | None]:
    """The same for several shares of one base, from counts of each cluster.

    `answered` has one number a cluster, `chosen` one row a share: a resample is a sum
    of whole clusters, so that its cost does not grow with the number of answers.
    Clusters where nobody answered are left out; the others keep their order, which
    with the seed makes the draws.

    >>> cluster_intervals(np.array([[2, 0]]), np.array([2, 1]), seed=1)
    [Interval(low=0.0, high=1.0)]
    """
    met = answered > 0
    answered, chosen = answered[met], chosen[:, met]
    m, n = len(answered), int(answered.sum())
    if n == 0:
        return [None] * len(chosen)
    shares = chosen.sum(axis=1) / n
    if m == population:
        return [Interval(one, one) for one in shares.tolist()]
    times = _resamples(m, seed, draws)
    drawn = (times @ chosen.T) / (times @ answered)[:, None]
    tail = (1 - CONFIDENCE) / 2
    bounds = np.quantile(drawn, [tail, 1 - tail], axis=0)
    territories, size = _effective(m, m, population), _effective(n, m, population)
    wide = shares + sqrt(m / territories) * (bounds - shares)
    found: list[Interval | None] = []
    for share, low, high in zip(shares.tolist(), *wide.tolist(), strict=True):
        alike = share in (0.0, 1.0)
        floor = _score_interval(share, territories if alike else size, CONFIDENCE)
        found.append(
            floor if alike else Interval(min(low, floor.low), max(high, floor.high))
        )
    return found


@lru_cache(maxsize=8)
def _resamples(count: int, seed: int, draws: int) -> NDArray[np.float64]:
    """How many times each cluster is drawn, shape (draws, count).

    Kept for the next share of the same answers: drawing is the slow part, and the
    same seed draws the same.
    """
    rng = np.random.default_rng(seed)
    times = rng.multinomial(count, np.full(count, 1 / count), draws).astype(float)
    times.flags.writeable = False
    return times
