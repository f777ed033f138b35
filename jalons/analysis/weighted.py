"""Shares and means of people who do not all weigh the same.

A share is Σ w·x / Σ w. Its interval is Wilson's for Kish's effective number of answers,
(Σ w)² / Σ w² (L. Kish, 1965, Survey Sampling, § 11.7): weights that differ make an
answer less precise than their number says. The design effect is n over that number.

That number supposes that those who weigh much answer like the others: where they do
not, 95 in 100 may be 93. The interval of `clustered` would hold more, and is not used
for people met in the field: it depends on who said yes, so that whoever knows the
weights would find how many did in each commune. This one depends on the share alone.

To be read as if people had been drawn at random, which people met in the field are not:
weights bring a sample back to known margins, and mend nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.intervals import Interval, wilson_of
from jalons.analysis.weighting import effective_size

Weights = Sequence[float] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """`count` of `n` people met; the weighted share, and what it is worth."""

    count: int
    n: int
    share: float | None
    interval: Interval | None
    effective_n: float


def weighted_share(hits: Sequence[bool], weights: Weights) -> WeightedShare:
    """The weighted share of `hits`, with Wilson's interval at the effective size.

    >>> found = weighted_share([True, True, False, False], [1, 1, 1, 1])
    >>> found.share, round(found.interval.low, 3), round(found.interval.high, 3)
    (0.5, 0.15, 0.85)
    >>> round(weighted_share([True, False, False], [2, 1, 1]).share, 2)
    0.5
    """
    held = np.asarray(weights, dtype=np.float64)
    which = np.asarray(hits, dtype=bool)
    total = float(held.sum())
    size = effective_size(held)
    if not total:
        return WeightedShare(int(which.sum()), len(which), None, None, 0.0)
    share = min(1.0, float(held[which].sum()) / total)
    interval = wilson_of(share, size)
    return WeightedShare(int(which.sum()), len(which), share, interval, size)


def design_effect(weights: Weights) -> float | None:
    """How many times more answers are needed than if all weighed the same.

    >>> design_effect([1, 1, 1]), round(design_effect([1, 1, 2]), 3)
    (1.0, 1.125)
    """
    held = np.asarray(weights, dtype=np.float64)
    counted = held[held > 0]
    size = effective_size(counted)
    return len(counted) / size if size else None
