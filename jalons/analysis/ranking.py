"""Ranks of many draws at once, and what is kept of them.

Rank 1 is the highest score; equal scores share the best rank. A quantile of ranks is
the least rank that so many draws do not exceed: always a rank that was observed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.fast import compiled
from jalons.analysis.observations import Array
from jalons.analysis.running_quantiles import RunningQuantiles

Ranks = NDArray[np.unsignedinteger]

QUANTILES = (0.05, 0.50, 0.95)
RESOLUTION = 2.0**-30
"""Scores (their logarithms, for a geometric mean) closer than about 1e-9 are equal:
sums done in another order differ in their last digits and must not untie a tie."""
UNIT_APART = 1.5 * 2.0**52
CHUNK = 1_000
"""Draws summarised together, when all would not fit in memory."""
BLOCK = 2**18
"""Cells ranked at a time by a thread: two megabytes of keys, near the processor."""


def ranks_of(scores: Array) -> Ranks:
    """Ranks along each row, 1 for the highest score, equal scores sharing the best.

    >>> ranks_of(np.array([[2.0, 7.5, 2.0, 1.0]])).tolist()
    [[2, 1, 2, 4]]
    """
    ranks: Ranks = np.empty(scores.shape, dtype=rank_type(scores.shape[1]))
    rank_into(scores.copy(), ranks)
    return ranks


def rank_into(scores: Array, ranks: Ranks, work: int = 0) -> None:
    """Fill `ranks`; scores are overwritten. `work`: cells of all the calls to come.

    A whole number of `RESOLUTION` and the place of the territory are packed in one
    integer, so that sorting values sorts places: several times faster than `argsort`.
    """
    rows, n = scores.shape
    bits = _bits(n)
    pack = compiled("pack", work)
    spread = compiled("spread_short" if ranks.itemsize == 2 else "spread_long", work)
    if pack is None or spread is None:
        _spread(np.sort(_packed(scores, bits), axis=1), bits, ranks)
        return
    pack(scores, rows, n, bits, -1 / RESOLUTION)
    keys = scores.view(np.int64)
    keys.sort(axis=1)
    for key, row in zip(keys, ranks, strict=True):
        spread(key, 1, n, bits, row, n)


def _packed(scores: Array, bits: int) -> NDArray[np.int64]:
    """Keys that sort as the scores, highest first, each with its place, in `bits`."""
    scores *= -1 / RESOLUTION
    keys = _whole_numbers(scores)
    keys <<= bits
    keys |= np.arange(keys.shape[1])
    return keys


def _spread(keys: NDArray[np.int64], bits: int, ranks: Ranks) -> None:
    """The rank of each sorted key, written at its place; equal scores, equal ranks."""
    in_order = np.arange(1, keys.shape[1] + 1, dtype=ranks.dtype)
    for row, out in zip(keys, ranks, strict=True):
        units = row >> bits
        equal = units[1:] == units[:-1]
        found = in_order
        if equal.any():
            found = in_order.copy()
            found[1:][equal] = 0
            np.maximum.accumulate(found, out=found)
        out[row & ((1 << bits) - 1)] = found


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


@dataclass(slots=True)
class RunningSummaries:
    """`summaries` of draws that come by chunks, each as draws × territories."""

    n: int
    draws: int
    parts: list[RunningQuantiles] = field(init=False)
    fragile: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        places = [place_of(quantile, self.draws) for quantile in QUANTILES]
        self.parts = [RunningQuantiles(places, self.draws) for _ in self._blocks()]
        self.fragile = np.zeros(self.n, dtype=np.int64)

    def _blocks(self) -> list[slice]:
        return blocks(self.n, CHUNK)

    def add(self, ranks: Ranks) -> None:
        """The ranks of one chunk."""
        places = self._blocks()

        def summarise(number: slice) -> None:
            for at in range(number.start, number.stop):
                mine = np.ascontiguousarray(ranks[:, places[at]].T)
                first = np.count_nonzero(mine <= third(self.n), axis=1)
                self.fragile[places[at]] += first
                self.parts[at].add(mine)

        in_threads(summarise, [slice(at, at + 1) for at in range(len(places))])

    def found(self) -> tuple[Ranks, Array] | None:
        """Quantiles and shares; None when a quantile left its window."""
        if not all(part.is_sure() for part in self.parts):
            return None
        quantiles: Ranks = np.concatenate([part.found() for part in self.parts])
        return quantiles, self.fragile / self.draws


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
