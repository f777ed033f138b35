"""What changed between two moments, over the same territories or the same people.

Two waves of a survey, or one question put before and after a meeting. Only those with
a value at both are compared, on the same scale (for a score, the same version of the
grid); what follows says "territories", people are read the same way.

The mean change comes with an interval by bootstrap on territories (percentiles of
`DRAWS` resamplings, deviations multiplied by √((M - n)/(M - 1)) when `n` of `M`
territories are compared); the direction is tested by the exact sign test: among the
territories that moved, as many up as down would be a coin tossed.

Territories that answered twice are volunteers: an interval is read as if they had been
drawn at random. A change of score is not the effect of an action.
Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13; Dixon &
Mood (1946), Journal of the American Statistical Association 41, for the sign test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb, sqrt

import numpy as np

from jalons.analysis.intervals import CONFIDENCE, DRAWS, Interval

LEAST_FOR_INTERVAL = 5
"""Under five territories a bootstrap has too few resamplings to speak of 95 %."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change over `n` territories, in points of the scale compared.

    `up`, `same` and `down` count territories; `only_before` and `only_after` those
    found in one wave. `mean` and `median` are None when nothing is compared;
    `interval` with fewer than five territories; `p` when none moved. The two means are
    those of the territories compared.
    """

    n: int
    up: int
    same: int
    down: int
    only_before: int
    only_after: int
    mean: float | None
    median: float | None
    interval: Interval | None
    p: float | None
    mean_before: float | None = None
    mean_after: float | None = None


def change(
    before: Mapping[str, float],
    after: Mapping[str, float],
    *,
    seed: int,
    population: int | None = None,
) -> Change:
    """Compare two waves by territory code.

    >>> found = change({"a": 10, "b": 12, "c": 9}, {"a": 14, "b": 12}, seed=1)
    >>> found.n, found.up, found.same, found.only_before, found.mean
    (2, 1, 1, 1, 2.0)
    """
    both = sorted(before.keys() & after.keys())
    moves = np.array([after[code] - before[code] for code in both], dtype=float)
    up, down = int((moves > 0).sum()), int((moves < 0).sum())
    return Change(
        n=len(both),
        up=up,
        same=len(both) - up - down,
        down=down,
        only_before=len(before.keys() - after.keys()),
        only_after=len(after.keys() - before.keys()),
        mean=float(moves.mean()) if len(both) else None,
        median=float(np.median(moves)) if len(both) else None,
        interval=_interval(moves, seed, population),
        p=sign_test(up, down),
        mean_before=_mean(before[code] for code in both),
        mean_after=_mean(after[code] for code in both),
    )


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def sign_test(up: int, down: int) -> float | None:
    """Two-sided exact probability of a split as uneven, if up and down were even.

    >>> sign_test(5, 0)
    0.0625
    >>> sign_test(0, 0) is None
    True
    """
    moved = up + down
    if not moved:
        return None
    tail: int = sum(comb(moved, k) for k in range(min(up, down) + 1))
    return min(1.0, 2 * tail / float(2**moved))


def _interval(
    moves: np.ndarray[tuple[int], np.dtype[np.float64]],
    seed: int,
    population: int | None,
) -> Interval | None:
    n = len(moves)
    if n < LEAST_FOR_INTERVAL:
        return None
    mean = float(moves.mean())
    rng = np.random.default_rng(seed)
    means = moves[rng.integers(0, n, (DRAWS, n))].mean(axis=1)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    shrink = _correction(n, population)
    return Interval(
        float(mean + shrink * (low - mean)), float(mean + shrink * (high - mean))
    )


def _correction(n: int, population: int | None) -> float:
    """What remains of chance once `n` of all the territories are known."""
    if population is None or population <= 1:
        return 1.0
    return sqrt(max(0, population - n) / (population - 1))
