"""Interval of a share when several answers share an EPCI, or when weights differ.

People of one EPCI resemble each other: what was drawn is m EPCI, not n people. Each
EPCI is left out in turn, and what this moves tells how much the share varies:

* p = Σ y / Σ w; w is the weight of the answers of an EPCI, y that of those who said
  yes.
* Without EPCI i the share is p₋ᵢ. V = (m - 1)/m Σ (p₋ᵢ - p)² (delete-one jackknife:
  M. H. Quenouille, 1956, Biometrika 43, 353-360). As p₋ᵢ - p is (p w - y)/(Σ w - w),
  V is the linearised variance of ultimate clusters, m/(m - 1) Σ (y - p w)²/(Σ w)²,
  when all EPCI weigh the same (K. M. Wolter, 2007, Introduction to Variance
  Estimation, ch. 4 and 6), and larger when one of them makes the share by itself.
* Bounds: Student's, with m - 1 degrees of freedom, on the logit, which keeps them
  between 0 and 1: logit p ± t √V / (p(1 - p)).
* Never narrower than Wilson's at Kish's effective number of answers, (Σ w)²/Σ w²:
  EPCI alike by chance do not make answers surer.
* When no EPCI moves the share (0 %, 100 %, all alike) nothing says how it varies:
  Wilson's interval, as if each EPCI had answered once. From one EPCI alone: none.
* Answers that all weigh the same, one an EPCI: Wilson's.

A person who weighs otherwise is an EPCI of one person. There is no finite population
here: that all EPCI of a région are met does not make those who answered all who could.

In samples whose share is known it is held 94 to 100 times in 100, from three EPCI on,
of five or of one to fifteen people each; 91 to 97 when one EPCI holds half of the
answers (tests/analysis/test_clustered.py). With few EPCI it is wide: that is what they
say. To be read as if EPCI, or people, had been drawn at random.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from functools import lru_cache
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.change import student_half
from jalons.analysis.intervals import Interval, score_bounds, wilson_of

Numbers = NDArray[np.float64]

NOTHING = 1e-9
"""A share moved by less is not moved: sums taken in another order differ by less."""


def clustered_interval(
    hits: Sequence[bool],
    clusters: Sequence[Hashable],
    weights: Sequence[float] | None = None,
) -> Interval | None:
    """95 % interval of the share of `hits`: the readable reference, one at a time.

    None when nobody answered, and when one EPCI did for all.

    >>> found = clustered_interval([True] * 3 + [False] * 3, "aabbcc")
    >>> round(found.low, 3), round(found.high, 3)
    (0.007, 0.993)
    >>> clustered_interval([True, False], "aa") is None
    True
    """
    given = [1.0] * len(hits) if weights is None else list(weights)
    said: defaultdict[Hashable, float] = defaultdict(float)
    base: defaultdict[Hashable, float] = defaultdict(float)
    for hit, one, weight in zip(hits, clusters, given, strict=True):
        base[one] += weight
        said[one] += weight * hit
    if not hits:
        return None
    whole, yes = sum(base.values()), sum(said.values())
    p, m = yes / whole, len(base)
    size = whole**2 / sum(weight**2 for weight in given)
    if m == len(hits) and len(set(given)) == 1:
        return wilson_of(p, len(hits))
    if m == 1:
        return None
    moved = [(yes - said[one]) / (whole - base[one]) - p for one in base]
    spread = sqrt(sum(one**2 for one in moved))
    if spread <= NOTHING:
        return wilson_of(p, min(m, size))
    half = student_half(sqrt((m - 1) / m) * spread, m - 1) / (p * (1 - p))
    at, floor = log(p / (1 - p)), wilson_of(p, size)
    assert floor is not None
    return Interval(
        min(floor.low, _logistic(at - half)), max(floor.high, _logistic(at + half))
    )


def _logistic(at: float) -> float:
    return 1 / (1 + exp(-at)) if at > 0 else 1 - 1 / (1 + exp(at))


def clustered_intervals(
    chosen: NDArray[np.int64], answered: NDArray[np.int64]
) -> list[Interval | None]:
    """The same for several shares of one base, from counts of each EPCI.

    `answered` has one number an EPCI, `chosen` one row a share: the cost does not grow
    with the number of answers. EPCI where nobody answered take no part.

    >>> clustered_intervals(np.array([[2, 0]]), np.array([2, 0]))
    [None]
    """
    n = int(answered.sum())
    if not n:
        return [None] * len(chosen)
    low, high = clustered_bounds(
        (chosen.sum(axis=1) / n)[None],
        answered[None].astype(np.float64),
        chosen[None].astype(np.float64),
        people=np.array([n]),
        effective=np.array([float(n)]),
    )
    return interval_list(low[0], high[0])


def interval_list(low: Numbers, high: Numbers) -> list[Interval | None]:
    """Intervals from arrays of bounds; None where there is none."""
    pairs = zip(low.tolist(), high.tolist(), strict=True)
    return [None if np.isnan(one) else Interval(one, other) for one, other in pairs]


def clustered_bounds(
    shares: Numbers,
    bases: Numbers,
    hits: Numbers,
    *,
    people: NDArray[np.int64],
    effective: Numbers,
) -> tuple[Numbers, Numbers]:
    """Bounds of the shares of a table (rows × columns), NaN where there are none.

    `bases` is the weight of each row in each EPCI, `hits` that of each cell; `people`
    and `effective` count the answers of each row and say how many they are worth.
    """
    met = (bases > 0).sum(axis=1)
    moved = _moved(shares, bases, hits)
    low, high = score_bounds(shares, effective)
    alone = (met == people) & (people - effective <= NOTHING * people)
    wide = _student_bounds(shares, moved, met)
    as_one = score_bounds(shares, np.minimum(met, effective))
    still = moved <= NOTHING
    found = []
    for plain, spread, of_met, wider in zip(
        (low, high), wide, as_one, (np.fmin, np.fmax), strict=True
    ):
        told = np.where(still, of_met, wider(plain, spread))
        told[met < 2] = np.nan
        found.append(np.where(alone[:, None], plain, told))
    return found[0], found[1]


def _moved(shares: Numbers, bases: Numbers, hits: Numbers) -> Numbers:
    """√Σ (p₋ᵢ - p)² of each cell; an EPCI of which nobody is in a row moves nothing."""
    left = bases.sum(axis=1, keepdims=True) - bases
    # Of one EPCI alone nothing is left, and sums may miss zero by a rounding.
    some = left > NOTHING * bases.sum(axis=1, keepdims=True)
    parts = np.divide(1.0, left, out=np.zeros_like(left), where=some)
    away = hits - shares[:, :, None] * bases[:, None]
    found: Numbers = np.sqrt(((away * parts[:, None]) ** 2).sum(axis=2))
    return found


def _student_bounds(
    shares: Numbers, moved: Numbers, met: NDArray[np.int64]
) -> tuple[Numbers, Numbers]:
    """Student's on the logit; NaN for a share of 0 or 1, and for one EPCI."""
    times = np.array(
        [_student(int(m)) * sqrt((m - 1) / m) if m > 1 else 0 for m in met]
    )
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        half = times[:, None] * moved / (shares * (1 - shares))
        at = np.log(shares / (1 - shares))
        return 1 / (1 + np.exp(half - at)), 1 / (1 + np.exp(-half - at))


@lru_cache(maxsize=1024)
def _student(clusters: int) -> float:
    """Kept: the same few numbers of EPCI come again in every table."""
    return student_half(1.0, clusters - 1)
