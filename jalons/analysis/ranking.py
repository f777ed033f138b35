"""Ranks of many draws at once, and what is kept of them.

Rank 1 is the highest score; equal scores share the best rank. A quantile of ranks is
the least rank that so many draws do not exceed: always a rank that was observed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.observations import Array

Ranks = NDArray[np.unsignedinteger]

QUANTILES = (0.05, 0.50, 0.95)
RESOLUTION = 2.0**-30
"""Scores (their logarithms, for a geometric mean) closer than about 1e-9 are equal:
sums done in another order differ in their last digits and must not untie a tie."""
UNIT_APART = 1.5 * 2.0**52
BLOCK = 2**18
"""Cells ranked at a time by a thread: two megabytes of keys, near the processor."""


def ranks_of(scores: Array) -> Ranks:
    """Ranks along each row, 1 for the highest score, equal scores sharing the best.

    A whole number of `RESOLUTION` and the place of the territory are packed in one
    integer, so that sorting values sorts places: several times faster than `argsort`.

    >>> ranks_of(np.array([[2.0, 7.5, 2.0, 1.0]])).tolist()
    [[2, 1, 2, 4]]
    """
    n = scores.shape[1]
    bits = _bits(n)
    keys = _whole_numbers(scores * (-1 / RESOLUTION))
    keys <<= bits
    keys |= np.arange(n)
    keys.sort(axis=1)
    places = keys & ((1 << bits) - 1)
    keys >>= bits
    ranks = np.broadcast_to(np.arange(1, n + 1, dtype=rank_type(n)), keys.shape)
    equal = keys[:, 1:] == keys[:, :-1]
    if equal.any():
        ranks = ranks.copy()
        ranks[:, 1:][equal] = 0
        ranks = np.maximum.accumulate(ranks, axis=1)
    found = np.empty(scores.shape, dtype=ranks.dtype)
    np.put_along_axis(found, places, ranks, axis=1)
    return found


def _whole_numbers(values: Array) -> NDArray[np.int64]:
    """Nearest integers, in the place of the values, which must stay under 2^51.

    Near 1.5 × 2^52 doubles are one unit apart: adding it rounds, and the bits then
    count the units. Rounding and converting take five times as long.
    """
    values += UNIT_APART
    numbers = values.view(np.int64)
    numbers -= np.float64(UNIT_APART).view(np.int64)
    return numbers


def _bits(n: int) -> int:
    """Bits that hold the place of one territory among n."""
    return max(1, (n - 1).bit_length())


def check_range(scores: Array) -> None:
    """Raise ValueError for scores too far from zero to be packed with their place."""
    limit = RESOLUTION * 2.0 ** min(51, 63 - _bits(len(scores)))
    if scores.size and np.nanmax(np.abs(scores)) >= limit:
        raise ValueError("a score is too far from zero to be ranked")


def rank_type(n: int) -> type[np.unsignedinteger]:
    """The shortest integer that holds ranks up to n: two bytes or four."""
    return np.uint16 if n < 2**16 else np.uint32


def summaries(ranks: Ranks) -> tuple[Ranks, Array]:
    """Draws × territories to: territories × quantiles, and the share of draws in which
    each territory stands in the first third.

    >>> quantiles, first_third = summaries(np.array([[1, 2, 3], [2, 1, 3]], np.uint16))
    >>> quantiles.tolist(), first_third.tolist()
    ([[1, 1, 2], [1, 1, 2], [3, 3, 3]], [0.5, 0.5, 0.0])
    """
    draws, n = ranks.shape
    quantiles = np.empty((n, len(QUANTILES)), dtype=ranks.dtype)
    fragile = np.empty(n)
    places = [place_of(quantile, draws) for quantile in QUANTILES]

    def summarise(block: slice) -> None:
        mine = np.ascontiguousarray(ranks[:, block].T)
        fragile[block] = np.count_nonzero(mine <= third(n), axis=1) / draws
        mine.sort(axis=1)
        quantiles[block] = mine[:, places]

    in_threads(summarise, blocks(n, draws))
    return quantiles, fragile


def place_of(quantile: float, draws: int) -> int:
    """Place, from 0, of a quantile among so many sorted ranks.

    Rounded first: 0.95 × 20 may come out a hair above 19.

    >>> [place_of(quantile, 1000) for quantile in QUANTILES]
    [49, 499, 949]
    """
    return ceil(round(quantile * draws, 6)) - 1


def third(n: int) -> int:
    """Last rank of the most fragile third, rounded up.

    >>> third(154), third(2)
    (52, 1)
    """
    return ceil(n / 3)


def blocks(n: int, width: int) -> list[slice]:
    """Slices that cover n rows of so many cells, small enough to stay near the work.

    >>> blocks(5, BLOCK // 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    size = max(1, BLOCK // max(1, width))
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def in_threads(work: Callable[[slice], None], blocks: Sequence[slice]) -> None:
    """Do every block; sorting and matrix products let other threads run."""
    if len(blocks) == 1:
        work(blocks[0])
        return
    with ThreadPoolExecutor(cpu_count()) as pool:
        list(pool.map(work, blocks))
