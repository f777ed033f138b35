"""Before and after: by how much a mean or a share differs, and how sure that is.

* Paired, the same people twice: Student's interval of the mean difference,
  d ± t(0.975; n - 1) s/√n ("Student", 1908, "The probable error of a mean", Biometrika
  6, 1-25). Only those with both values are compared; the others are counted.
* Two groups of different people: Welch's interval, which supposes no equal spread
  (B. L. Welch, 1947, Biometrika 34, 28-35).
* Two shares of different people: the hybrid score interval, method 10 of R. G. Newcombe
  (1998, "Interval estimation for the difference between independent proportions",
  Statistics in Medicine 17, 873-890), made of two Wilson intervals, each at the
  effective number of its answers when they do not all weigh the same.
* The size of the effect in standard deviations, corrected for small groups (Hedges' g;
  for pairs over the mean of both spreads, g_av: D. Lakens, 2013, Frontiers in
  Psychology 4, 863); for shares Cohen's h (1988).

When nobody differs from anybody no spread is left to make an interval: none is given,
and a direction is told only when an exact test sees it. For pairs it is the sign test
(five who move alike: p = 0.0625, one cannot conclude; six: 0.031). For two groups, each
of one value, it is the exact test of a split so sharp, at most 2/C(n + m, n).

A difference is not an effect: without people who were not helped to compare with, what
else happened meanwhile is in it. Volunteers who answer twice are not drawn at random.
Not valid under five people, where nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import asin, comb, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jalons.analysis.change import (
    ROUNDING,
    Change,
    are_alike,
    sign_test,
    student_half,
)
from jalons.analysis.intervals import CONFIDENCE, Interval, wilson_of

LEAST = 5
"""Under five people no interval is worth reading."""


class Verdict(Enum):
    """What the interval allows to say."""

    TOO_FEW = "too few"
    CANNOT_TELL = "cannot tell"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Difference:
    """After less before. `n_before` and `n_after` are equal for pairs.

    `interval` and `effect` are None with too few people, and when nobody differs from
    anybody. `alone` counts people met once only, left out of pairs.
    """

    n_before: int
    n_after: int
    before: float | None
    after: float | None
    difference: float | None
    interval: Interval | None
    effect: float | None
    verdict: Verdict
    alone: int = 0


def paired(before: Mapping[str, float], after: Mapping[str, float]) -> Difference:
    """The same people twice, by code.

    >>> found = paired(dict(a=1, b=2, c=2, d=3, e=2), dict(a=2, b=4, c=3, d=5, e=3))
    >>> found.n_after, found.difference, found.verdict.value
    (5, 1.4, 'higher')
    """
    both = sorted(before.keys() & after.keys())
    first = np.array([before[one] for one in both], dtype=float)
    last = np.array([after[one] for one in both], dtype=float)
    n, alone = len(both), len(before.keys() ^ after.keys())
    if n < LEAST:
        return _too_few(first, last, alone)
    moves = last - first
    if are_alike(moves):
        up, down = int((moves > 0).sum()), int((moves < 0).sum())
        return _alike(first, last, sign_test(up, down), alone)
    error = float(moves.std(ddof=1)) / sqrt(n)
    spread = sqrt((first.var(ddof=1) + last.var(ddof=1)) / 2)
    return _found(first, last, error, n - 1, spread, n - 1, alone)


def judged(found: Change) -> Verdict:
    """The verdict of `paired` on a change already worked out, of territories or people.

    >>> from jalons.analysis.change import change
    >>> judged(change(dict.fromkeys("abcdef", 1), dict.fromkeys("abcdef", 3))).value
    'higher'
    """
    if found.interval is not None:
        return _verdict(found.interval)
    if found.n < LEAST or found.mean is None:
        return Verdict.TOO_FEW
    return _seen(found.mean, found.p)


def unpaired(before: ArrayLike, after: ArrayLike) -> Difference:
    """Two groups of different people.

    >>> unpaired([1, 2, 2, 3, 2], [2, 3, 1, 3, 2]).verdict.value
    'cannot tell'
    """
    first, last = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if min(len(first), len(last)) < LEAST:
        return _too_few(first, last, 0)
    if are_alike(first) and are_alike(last):
        chance = 2 / comb(len(first) + len(last), len(first))
        return _alike(first, last, chance, 0)
    parts = [one.var(ddof=1) / len(one) for one in (first, last)]
    error, freedom = sqrt(sum(parts)), len(first) + len(last) - 2
    # Welch and Satterthwaite.
    squares = sum(
        part**2 / (len(one) - 1) for part, one in zip(parts, (first, last), strict=True)
    )
    degrees = sum(parts) ** 2 / squares
    pooled = sum(one.var(ddof=1) * (len(one) - 1) for one in (first, last)) / freedom
    return _found(first, last, error, degrees, sqrt(pooled), freedom, 0)


@dataclass(frozen=True, slots=True)
class Sampled:
    """A share of `n` people, worth `size` answers that all weigh the same.

    Unweighted, both are equal; weights that differ make `size` smaller (Kish).
    """

    share: float
    n: int
    size: float


def unpaired_shares(before: Sequence[int], after: Sequence[int]) -> Difference:
    """Two shares (k, n) of different people, as numbers between 0 and 1.

    >>> found = unpaired_shares((48, 80), (56, 70))
    >>> round(found.interval.low, 4), round(found.interval.high, 4)
    (0.0524, 0.3339)
    """
    first, last = (
        Sampled(k / n if n else 0.0, n, float(n)) for k, n in (before, after)
    )
    return shares_of_samples(first, last)


def shares_of_samples(before: Sampled, after: Sampled) -> Difference:
    """The same of weighted shares: Wilson at the effective number of answers.

    >>> found = shares_of_samples(Sampled(0.3, 200, 100.0), Sampled(0.2, 200, 100.0))
    >>> round(found.interval.low, 3), round(found.interval.high, 3)
    (-0.217, 0.02)
    """
    n, m, p, q = before.n, after.n, before.share, after.share
    if min(before.size, after.size) < LEAST:
        shares = (p if n else None), (q if m else None)
        gap = q - p if n and m else None
        return Difference(n, m, *shares, gap, None, None, Verdict.TOO_FEW)
    first, last = wilson_of(p, before.size), wilson_of(q, after.size)
    assert first is not None
    assert last is not None
    gap = q - p
    interval = Interval(
        gap - sqrt((q - last.low) ** 2 + (first.high - p) ** 2),
        gap + sqrt((last.high - q) ** 2 + (p - first.low) ** 2),
    )
    effect = 2 * asin(sqrt(q)) - 2 * asin(sqrt(p))
    return Difference(n, m, p, q, gap, interval, effect, _verdict(interval))


def _found(
    first: NDArray[np.float64],
    last: NDArray[np.float64],
    error: float,
    degrees: float,
    spread: float,
    freedom: int,
    alone: int,
) -> Difference:
    gap = float(last.mean() - first.mean())
    half = student_half(error, degrees)
    interval = Interval(gap - half, gap + half)
    small = 1 - 3 / (4 * freedom - 1)
    return Difference(
        n_before=len(first),
        n_after=len(last),
        before=float(first.mean()),
        after=float(last.mean()),
        difference=gap,
        interval=interval,
        effect=small * gap / spread if spread else None,
        verdict=_verdict(interval),
        alone=alone,
    )


def _too_few(
    first: NDArray[np.float64], last: NDArray[np.float64], alone: int
) -> Difference:
    return _bare(first, last, alone, Verdict.TOO_FEW)


def _alike(
    first: NDArray[np.float64],
    last: NDArray[np.float64],
    p: float | None,
    alone: int,
) -> Difference:
    """Nobody differs from anybody: no interval, what the exact test allows to say."""
    gap = float(last.mean() - first.mean())
    return _bare(first, last, alone, _seen(gap, p))


def _seen(gap: float, p: float | None) -> Verdict:
    """The direction of a gap, where the exact test sees it."""
    if abs(gap) <= ROUNDING or p is None or p > 1 - CONFIDENCE:
        return Verdict.CANNOT_TELL
    return Verdict.HIGHER if gap > 0 else Verdict.LOWER


def _bare(
    first: NDArray[np.float64],
    last: NDArray[np.float64],
    alone: int,
    verdict: Verdict,
) -> Difference:
    """Both means and their difference, without interval."""
    means = [float(one.mean()) if len(one) else None for one in (first, last)]
    before, after = means
    gap = after - before if before is not None and after is not None else None
    return Difference(
        n_before=len(first),
        n_after=len(last),
        before=before,
        after=after,
        difference=gap,
        interval=None,
        effect=None,
        verdict=verdict,
        alone=alone,
    )


def _verdict(interval: Interval) -> Verdict:
    """Zero inside the interval, its bounds included: one cannot tell."""
    if interval.low > 0:
        return Verdict.HIGHER
    return Verdict.LOWER if interval.high < 0 else Verdict.CANNOT_TELL
