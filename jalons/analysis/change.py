"""What changed between two moments, over the same territories or the same people.

Two waves of a survey, or one question put before and after a meeting. Only those with
a value at both are compared, on the same scale (for a score, the same version of the
grid); what follows says "territories", people are read the same way.

The mean change comes with Student's interval, d ± t(0.975; n - 1) s/√n, times
√(1 - n/M) when `n` of `M` territories are compared. When all moved by as much their
spread says nothing of chance: no interval is given, unless all `M` are known. The
direction is tested by the exact sign test: among the territories that moved, as many
up as down would be a coin tossed; from five that all went one way nothing is concluded.

Moves spread like a bell are held 95 times in 100, even of five; skewed ones less often:
of five to twenty, 89 to 91 times when they are whole points that seldom go far.

Territories that answered twice are volunteers: an interval is read as if they had been
drawn at random. A change of score is not the effect of an action.
Source: "Student" (1908), Biometrika 6, 1-25; W. G. Cochran (1977), Sampling Techniques,
§ 2.6, for the part of a finite population; Dixon & Mood (1946), Journal of the American
Statistical Association 41, for the sign test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.intervals import CONFIDENCE, Interval

Moves = NDArray[np.float64]
LEAST_FOR_INTERVAL = 5
"""Student's interval holds from two up, but of four it is wider than any scale read
here, and its normal spread cannot be looked at."""
ROUNDING = 1e-9
"""Differences of numbers with decimals that should be equal differ by less."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change over `n` territories, in points of the scale compared.

    `up`, `same` and `down` count territories; `only_before` and `only_after` those
    found in one wave. `mean` and `median` are None when nothing is compared;
    `interval` with fewer than five territories, or when they moved `alike` and some
    are not known; `p` when none moved. The two means are those of the territories
    compared.
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
    alike: bool = False

    @property
    def is_surely_one_way(self) -> bool:
        """Whether the sign test sees more than chance."""
        return self.p is not None and self.p <= 1 - CONFIDENCE


def change(
    before: Mapping[str, float],
    after: Mapping[str, float],
    *,
    population: int | None = None,
) -> Change:
    """Compare two waves by territory code.

    >>> found = change({"a": 10, "b": 12, "c": 9}, {"a": 14, "b": 12})
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
        interval=_interval(moves, population),
        p=sign_test(up, down),
        mean_before=_mean(before[code] for code in both),
        mean_after=_mean(after[code] for code in both),
        alike=are_alike(moves),
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


def are_alike(moves: Moves) -> bool:
    """Whether two or more moved by as much, but for the rounding of decimals.

    >>> are_alike(np.array([2.3 - 1.3, 1.2 - 0.2])), are_alike(np.array([1.0]))
    (True, False)
    """
    return len(moves) > 1 and float(np.ptp(moves)) <= ROUNDING


def student_half(error: float, degrees: float) -> float:
    """Half the width of Student's interval, from a standard error.

    >>> round(student_half(1.0, 4), 3)
    2.776
    """
    # SciPy takes a tenth of a second to import: only who compares pays for it.
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1 + CONFIDENCE) / 2)) * error


def _interval(moves: Moves, population: int | None) -> Interval | None:
    n = len(moves)
    unknown = 1.0 if population is None else max(0.0, 1 - n / population)
    if n < LEAST_FOR_INTERVAL or (are_alike(moves) and unknown):
        return None
    mean = float(moves.mean())
    half = student_half(float(moves.std(ddof=1)) * sqrt(unknown / n), n - 1)
    return Interval(mean - half, mean + half)
