"""The points of a contour: whole numbers, from a path of relative moves."""

from __future__ import annotations

import re

_STEP = re.compile(r"([MmhvlZz])|(-?\d+)")

Points = frozenset[tuple[int, int]]


def middle_of(path: str) -> tuple[float, float]:
    """The middle of the box around a contour: near enough for a mark on a map.

    >>> middle_of("M0 0h10v20h-10z")
    (5.0, 10.0)
    """
    across, down = zip(*points_of(path), strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def points_of(path: str) -> Points:
    """The points of a relative, integer path (M, m, l, h, v, Z).

    >>> sorted(points_of("M0 0h10v10h-10z"))
    [(0, 0), (0, 10), (10, 0), (10, 10)]
    """
    x = y = start_x = start_y = 0
    command, pending = "M", None
    found: set[tuple[int, int]] = set()
    for letter, digits in _STEP.findall(path):
        if letter:
            command, pending = letter, None
            if letter in "Zz":
                x, y = start_x, start_y
            continue
        number = int(digits)
        if command in "hv":
            x, y = (x + number, y) if command == "h" else (x, y + number)
        elif pending is None:
            pending = number
            continue
        elif command == "M":
            x, y, pending = pending, number, None
        else:
            x, y, pending = x + pending, y + number, None
        if command in "Mm":
            start_x, start_y = x, y
            command = "l"
        found.add((x, y))
    return frozenset(found)
