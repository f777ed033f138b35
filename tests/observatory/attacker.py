"""A reader with a solver: everything a publication says, put in one set of sums.

Nothing here comes from `protection`: the numbers are read in the public pages and
files, the unknowns are the persons and territories behind them, one by one as far as
the questionnaire, the map and official sources tell them apart.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

NO_LIMIT = 10_000


class Sums:
    """Whole unknowns, never negative, tied by sums."""

    def __init__(self) -> None:
        self.at: dict[tuple, int] = {}
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def unknown(self, *name) -> int:
        return self.at.setdefault(name, len(self.at))

    def tell(self, names, low, high=None) -> None:
        """The sum of these unknowns is `low`, or between two numbers."""
        row: dict[int, float] = defaultdict(float)
        for name in names:
            row[self.unknown(*name)] += 1
        self.rows.append((row, low, low if high is None else high))

    @property
    def counts_told(self) -> int:
        """Sums whose value is known: an attack on nothing would prove nothing."""
        return sum(low == high > 0 for _row, low, high in self.rows)

    def tell_equal(self, names, others) -> None:
        row: dict[int, float] = defaultdict(float)
        for name in names:
            row[self.unknown(*name)] += 1
        for name in others:
            row[self.unknown(*name)] -= 1
        self.rows.append((row, 0, 0))

    def tell_at_most(self, names, times, others) -> None:
        """The sum of some unknowns is at most so many times that of others."""
        row: dict[int, float] = defaultdict(float)
        for name in names:
            row[self.unknown(*name)] += 1
        for name in others:
            row[self.unknown(*name)] -= times
        self.rows.append((row, -np.inf, 0))

    def bounds(self, names) -> tuple[int, int]:
        """The least and the greatest value of a sum that fit all that is told."""
        size = len(self.at)
        matrix = np.zeros((len(self.rows), size))
        for at, (row, _low, _high) in enumerate(self.rows):
            matrix[at, list(row)] = list(row.values())
        told = LinearConstraint(
            matrix, [low for _, low, _ in self.rows], [high for *_, high in self.rows]
        )
        cost = np.zeros(size)
        for name in names:
            cost[self.at[name]] += 1
        found = []
        for direction in (1, -1):
            one = milp(
                direction * cost,
                constraints=told,
                bounds=Bounds(0, NO_LIMIT),
                integrality=np.ones(size),
            )
            assert one.x is not None, "the publication contradicts itself"
            found.append(round(float(cost @ one.x)))
        return found[0], found[1]
