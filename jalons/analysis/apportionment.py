"""A whole number shared out in proportion, so that the parts add up to it.

Method of the largest remainders (A. Hamilton, 1792; M. L. Balinski and H. P. Young,
1982, Fair Representation, ch. 3): each part first receives the whole part of its exact
share n × size / Σ sizes; what is left goes, one each, to the largest remainders. Equal
remainders: the larger size first, then the first listed.

Used to propose how many people of each commune, sex and age a field survey may hope to
meet. Not valid to draw a sample: nothing here is random, and a part whose exact share
is under one half may receive nobody.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import floor
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def share_out(total: int, sizes: Mapping[K, float]) -> dict[K, int]:
    """The total in whole parts, in proportion to sizes; all zero when there are none.

    >>> share_out(10, {"a": 45.0, "b": 35.0, "c": 20.0})
    {'a': 5, 'b': 3, 'c': 2}
    """
    whole = sum(sizes.values())
    if total < 0 or any(size < 0 for size in sizes.values()):
        raise ValueError("a total and sizes are never negative")
    if not whole:
        return dict.fromkeys(sizes, 0)
    exact = {key: total * size / whole for key, size in sizes.items()}
    parts = {key: floor(share) for key, share in exact.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(sizes, key=lambda key: (parts[key] - exact[key], -sizes[key]))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
