"""Exact quantiles of many numbers a row, that are never all in memory.

Numbers come by chunks of a few columns. Of each row only a window is kept, sorted:
those where the quantile of all may still be, six standard deviations on each side of
where it is among those seen (m of M numbers seen: √(m (1 - m/M) q (1 - q)) places, a
Brownian bridge). What falls out is known by its count alone: a few hundred numbers
stand for ten thousand.

The quantile is exact when nothing that was left out below it is greater, nor above it
smaller. Chance, or an order in the chunks, may break that: it is seen, and `is_sure`
says so. The idea is that of J. I. Munro and M. S. Paterson, 1980, Theoretical Computer
Science 12, 315-323.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, sqrt

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.unsignedinteger]

DEVIATIONS = 6
"""Out of the window once in five hundred million."""


@dataclass(slots=True)
class _Window:
    """Order statistics from `start` on, among the numbers seen: rows × width.

    What was left out is at most `low`, or at least `high`.
    """

    start: int
    kept: Numbers
    low: Numbers
    high: Numbers


@dataclass(slots=True)
class RunningQuantiles:
    """Quantiles of some rows; `places` are the orders sought, from 0, out of `whole`.

    >>> running = RunningQuantiles((1,), 4)
    >>> for chunk in ([[9, 2]], [[5, 3]]):
    ...     running.add(np.array(chunk, np.uint16))
    >>> running.found().tolist(), running.is_sure()
    ([[3]], True)
    """

    places: Sequence[int]
    whole: int
    seen: int = 0
    windows: list[_Window] = field(default_factory=list)

    def add(self, numbers: Numbers) -> None:
        """A chunk: rows × some of the numbers, sorted in their place."""
        numbers.sort(axis=1)
        if not self.windows:
            nothing = numbers[:, :0]
            low, high = numbers[:, 0] * 0, ~(numbers[:, 0] * 0)
            self.windows = [_Window(0, nothing, low, high) for _place in self.places]
        for at, place in enumerate(self.places):
            self.windows[at] = self._moved(place, self.windows[at], numbers)
        self.seen += numbers.shape[1]

    def found(self) -> Numbers:
        """Rows × quantiles, once every number was added."""
        return np.column_stack([window.kept[:, 0] for window in self.windows])

    def is_sure(self) -> bool:
        """Whether every quantile found is exact."""
        return all(
            bool(((one.low <= one.kept[:, 0]) & (one.kept[:, 0] <= one.high)).all())
            for one in self.windows
        )

    def _moved(self, place: int, window: _Window, ordered: Numbers) -> _Window:
        """The window once the numbers of a chunk are seen too."""
        low, high = window.low.copy(), window.high.copy()
        first, near = self._cut(place, ordered, 0, ordered.shape[1], low, high)
        both = np.concatenate([window.kept, near], axis=1)
        both.sort(axis=1)
        seen = self.seen + ordered.shape[1]
        start, kept = self._cut(place, both, window.start + first, seen, low, high)
        return _Window(start, kept, low, high)

    def _cut(
        self,
        place: int,
        ordered: Numbers,
        offset: int,
        seen: int,
        low: Numbers,
        high: Numbers,
    ) -> tuple[int, Numbers]:
        """The orders to keep of `seen` numbers; the first column is order `offset`."""
        start, stop = self._bounds(place, seen)
        start = min(max(start, offset), offset + ordered.shape[1] - 1)
        stop = min(max(stop, start + 1), offset + ordered.shape[1])
        kept = ordered[:, start - offset : stop - offset]
        if start > offset:
            np.maximum(low, kept[:, 0], out=low)
        if stop < offset + ordered.shape[1]:
            np.minimum(high, kept[:, -1], out=high)
        return start, kept

    def _bounds(self, place: int, seen: int) -> tuple[int, int]:
        """First and last order kept among so many numbers: the last is left out."""
        if seen == self.whole:
            return place, place + 1
        share = (place + 0.5) / self.whole
        spread = sqrt(seen * (1 - seen / self.whole) * share * (1 - share))
        middle, half = share * seen, DEVIATIONS * spread + 1
        return max(0, floor(middle - half)), min(seen, ceil(middle + half))
