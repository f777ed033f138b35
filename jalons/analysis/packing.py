"""Several small codes of one answer packed into one number.

Reading three questions of six codes at once (6³ = 216 combinations) costs about as much
as reading one. The number of a combination is its codes in mixed base: the first
code varies slowest, as in a NumPy array of shape `sizes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

Small = NDArray[np.unsignedinteger]

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


def packed(codes: Small, sizes: Sequence[int]) -> Small:
    """One number per answer for the combination of its codes, as short as can be.

    >>> packed(np.array([[0, 1, 1], [2, 0, 2]], dtype=np.uint8), [2, 3]).tolist()
    [2, 3, 5]
    """
    found: Small = codes[0].astype(np.min_scalar_type(prod(sizes)))
    for row, size in zip(codes[1:], sizes[1:], strict=True):
        found *= found.dtype.type(size)
        found += row
    return found


def blocks(n: int) -> Iterator[slice]:
    """Slices that cover n answers."""
    return (slice(start, start + BLOCK) for start in range(0, n, BLOCK))
