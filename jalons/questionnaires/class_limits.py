"""Limits that cut numbers into classes, as a person types them."""

from __future__ import annotations

import re
from itertools import pairwise
from math import isfinite

MOST_LIMITS = 20


def are_in_order(limits: tuple[float, ...]) -> bool:
    """Whether limits rise, are finite, and are not too many."""
    rise = all(low < high for low, high in pairwise(limits))
    return rise and 0 < len(limits) <= MOST_LIMITS and all(map(isfinite, limits))


def typed_limits(text: str) -> tuple[float, ...] | None:
    """Numbers as they are typed, apart by a semicolon or a space; None if unread.

    >>> typed_limits("0,5; 1 ; 10"), typed_limits("1, 5"), typed_limits("")
    ((0.5, 1.0, 10.0), (1.0, 5.0), ())
    >>> typed_limits("5; 1") is None, typed_limits("many") is None
    (True, True)
    """
    written = [one for one in re.split(r"[;\s]+|,\s", text) if one]
    try:
        limits = tuple(float(one.replace(",", ".")) for one in written)
    except ValueError:
        return None
    return limits if not limits or are_in_order(limits) else None


def written(limits: tuple[float, ...]) -> str:
    """Limits as they can be typed again.

    >>> written((0.5, 10.0))
    '0.5; 10'
    """
    return "; ".join(f"{one:.12g}" for one in limits)
