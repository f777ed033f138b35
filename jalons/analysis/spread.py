"""How numbers are spread around their middle, without anybody's own number.

Median and quartiles by linear interpolation between neighbouring values, type 7 of
R. J. Hyndman and Y. Fan, 1996, The American Statistician 50, 361-365 (the default of
NumPy, R and spreadsheets). Half of the values lie between the two quartiles. Not to be
shown for a handful of values: a median of five is the number of one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of `n` values, and the bounds of the half around it."""

    n: int
    low: float
    median: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """Median and quartiles.

    >>> spread([1, 2, 3, 4, 9])
    Spread(n=5, low=2.0, median=3.0, high=4.0)
    """
    if not values:
        raise ValueError("no value is known: nothing is spread")
    low, median, high = np.quantile(values, [0.25, 0.5, 0.75])
    return Spread(len(values), float(low), float(median), float(high))


def quantile_plain(values: Sequence[float], share: float) -> float:
    """The readable reference: the value at `share` of the way from least to greatest.

    >>> quantile_plain([10, 20], 0.25)
    12.5
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    before = floor(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[after] - ordered[before])
