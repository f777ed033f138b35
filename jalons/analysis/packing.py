"""Several small codes of one answer packed into one number.

Reading three questions of six codes at once (6³ = 216 combinations) costs about as much
as reading one. The number of a combination is its codes in mixed base: the first
code varies slowest, as in a NumPy array of shape `sizes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.ranking import blocks as row_blocks
from jalons.analysis.ranking import in_threads

Small = NDArray[np.unsignedinteger]
Numbers = NDArray[np.int64]

BLOCK = 2**19
"""Answers packed at a time, so that memory does not grow with the campaign."""


def packs(sizes: Sequence[int], most: int) -> Iterator[list[int]]:
    """Consecutive variables whose combinations are at most `most`, at least one.

    >>> list(packs([6, 6, 6, 6], 40))
    [[0, 1], [2, 3]]
    """
    pack: list[int] = []
    for at, size in enumerate(sizes):
        if pack and prod(sizes[i] for i in pack) * size > most:
            yield pack
            pack = []
        pack.append(at)
    if pack:
        yield pack


def packed(codes: Small | Sequence[Small], sizes: Sequence[int]) -> Small:
    """One number per answer for the combination of its codes, as short as can be.

    >>> packed(np.array([[0, 1, 1], [2, 0, 2]], dtype=np.uint8), [2, 3]).tolist()
    [2, 3, 5]
    """
    found: Small = codes[0].astype(np.min_scalar_type(prod(sizes)))
    for row, size in zip(codes[1:], sizes[1:], strict=True):
        found *= found.dtype.type(size)
        found += row
    return found


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows of codes in packs, as the loops of `counting.c` read them.

    `addresses` of the rows, their `sizes`; a pack stops at `ends` and its table begins
    at `offsets`, the last of which is where all tables end.
    """

    addresses: Numbers
    sizes: Numbers
    ends: Numbers
    offsets: Numbers

    @classmethod
    def of(
        cls, rows: Sequence[Small], sizes: Sequence[int], most: int, width: int = 1
    ) -> Packed:
        """Packs of at most `most` combinations; tables have `width` cells for each."""
        found = list(packs(sizes, most))
        cells = [width * prod(sizes[at] for at in pack) for pack in found]
        return cls(
            np.array([row.ctypes.data for row in rows], dtype=np.int64),
            np.array(sizes, dtype=np.int64),
            np.cumsum([len(pack) for pack in found], dtype=np.int64),
            np.concatenate([[0], np.cumsum(cells)]).astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.ends)


def are_bytes(rows: Sequence[Small]) -> bool:
    """Whether each row is of single bytes that follow each other."""
    return all(row.dtype == np.uint8 and row.flags.c_contiguous for row in rows)


def largest(rows: Sequence[Small]) -> list[int]:
    """The greatest code of each row, 0 without any.

    >>> largest([np.array([1, 4, 2], np.uint8), np.array([0, 0, 3], np.uint8)])
    [4, 3]
    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows are not of one length")
    found = [0] * len(rows)

    def look(part: slice) -> None:
        for at in range(part.start, part.stop):
            found[at] = int(rows[at].max(initial=0))

    in_threads(look, row_blocks(len(rows), len(rows[0]) if len(rows) else 0))
    return found


def shares_of(n: int) -> list[slice]:
    """One share of n answers for each processor."""
    size = max(1, -(-n // (cpu_count() or 1)))
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def blocks(n: int) -> Iterator[slice]:
    """Slices that cover n answers."""
    return (slice(start, start + BLOCK) for start in range(0, n, BLOCK))
