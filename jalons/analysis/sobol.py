"""Which choice moves a result most: Sobol indices of many results at once.

A model is run on two independent samples of its choices, A and B, and on each A in
which one choice comes from B. Of every result, and for every choice i:

* first order: the share of its variance that the choice explains alone,
  mean(f(B) (f(AB_i) − f(A))) / variance;
* total: the share that goes away when all but this choice are known,
  mean((f(A) − f(AB_i))²) / (2 variance).

The variance is that of f(A) and f(B) together. A result that never varies owes nothing
to any choice: both are zero. Intervals come from samples drawn again (bootstrap): the
5 and 95 % of the indices computed on them.

Source: A. Saltelli et al., 2010, Computer Physics Communications 181, 259-270, table 2,
rows b and f (M. Jansen, 1999). The choices must be independent. An index says where a
variance comes from, not which choice is right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.observations import Array

Runs = NDArray[np.generic]
"""Runs × results."""

RESAMPLES = 100
SEED = 20_240_102
BOUNDS = (0.05, 0.95)
BLOCK = 1_024
"""Results worked on at a time, so that memory does not grow with their number."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """One row a choice, one column a result; `low` and `high` bound 90 %."""

    value: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """What each choice explains alone, and all that it takes part in."""

    first: Shares
    total: Shares


def sobol(
    a: Runs,
    b: Runs,
    mixed: Sequence[Runs],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Indices:
    """Indices of every result; `mixed` holds, for each choice, A with that one of B.

    The result is the first choice alone: the second explains nothing.

    >>> a, b = (np.array([row]).T for row in ([0, 1, 0, 1], [0, 1, 1, 0]))
    >>> found = sobol(a, b, [b, a])
    >>> found.first.value.ravel().tolist(), found.total.value.ravel().tolist()
    ([1.0, 0.0], [1.0, 0.0])
    """
    n, results = a.shape
    drawn = _resamples(n, resamples, seed)
    found = np.empty((2, 3, len(mixed), results))
    # One block after the other: the products below already use every processor.
    for start in range(0, results, BLOCK):
        block = slice(start, start + BLOCK)
        every = [each[:, block].astype(np.float64) for each in (a, b, *mixed)]
        found[:, :, :, block] = _of_results(every[0], every[1], every[2:], drawn)
    first, total = (Shares(*found[order]) for order in (0, 1))
    return Indices(first, total)


def _resamples(n: int, resamples: int, seed: int) -> Array:
    """One row a sample drawn again: how many times each run is in it, over n. The
    first row is the sample itself."""
    rng = np.random.default_rng(seed)
    weights = np.empty((resamples + 1, n))
    weights[0] = 1 / n
    for row in range(1, resamples + 1):
        weights[row] = np.bincount(rng.integers(0, n, n), minlength=n) / n
    return weights


def _of_results(a: Array, b: Array, mixed: Sequence[Array], drawn: Array) -> Array:
    """Order × (value, low, high) × choice × result.

    Results are centred first: a rank of 30 000 that varies little would otherwise
    drown its variance in rounding.
    """
    centre = (a.mean(axis=0) + b.mean(axis=0)) / 2
    a, b = a - centre, b - centre
    variance = _variance(a, b, drawn)
    found = np.empty((2, 3, len(mixed), a.shape[1]))
    for choice, both in enumerate(mixed):
        moved = both - centre - a
        found[0, :, choice] = _bounded(drawn @ (b * moved), variance)
        found[1, :, choice] = _bounded(drawn @ (moved * moved) / 2, variance)
    return found


def _variance(a: Array, b: Array, drawn: Array) -> Array:
    """Of both samples together, in each sample drawn again."""
    mean = drawn @ (a + b) / 2
    return np.asarray(drawn @ (a * a + b * b) / 2 - mean * mean)


def _bounded(part: Array, variance: Array) -> Array:
    """The index on the sample itself, and its bounds on the samples drawn again."""
    share = np.divide(part, variance, out=np.zeros_like(part), where=variance > 1e-12)
    value, again = share[0], share[1:]
    low, high = np.quantile(again, BOUNDS, axis=0) if len(again) else (value, value)
    return np.stack([value, low, high])


def sobol_plainly(
    model: Callable[..., float],
    a: Sequence[Sequence[float]],
    b: Sequence[Sequence[float]],
) -> list[tuple[float, float]]:
    """First order and total of each choice of one result, run by run: the reference.

    >>> a, b = ([(x, 5) for x in each] for each in ([0, 1, 0, 1], [0, 1, 1, 0]))
    >>> sobol_plainly(lambda x, y: x, a, b)
    [(1.0, 1.0), (0.0, 0.0)]
    """
    of_a, of_b = [model(*row) for row in a], [model(*row) for row in b]
    every = [*of_a, *of_b]
    mean = sum(every) / len(every)
    variance = sum((one - mean) ** 2 for one in every) / len(every)
    found = []
    for choice in range(len(a[0])):
        first = total = 0.0
        for x, y, row, other in zip(of_a, of_b, a, b, strict=True):
            mixed = [*row[:choice], other[choice], *row[choice + 1 :]]
            moved = model(*mixed) - x
            first += (y - mean) * moved
            total += moved * moved / 2
        found.append((first / len(a) / variance, total / len(a) / variance))
    return found
