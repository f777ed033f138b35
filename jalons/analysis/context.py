"""Context of a territory: density and vulnerability classes.

Density. INSEE's communal grid has seven levels (2022; Beck, de Bellefon, Forest,
Gerardin and Levy, INSEE working paper 2022-18). A territory of several communes is put
in the class that holds most of its population: four classes, level 1 / 2-4 / 5-6 / 7,
close to the four-level grid of 2021 used by the first survey, or three classes,
1 / 2-4 / 5-7. The 154 EPCI of Nouvelle-Aquitaine (COG 2026) count 6 / 23 / 110 / 15
and 6 / 22 / 126. INSEE also publishes its own three-level label of each EPCI, which
counts 3 / 22 / 129: it differs for 8 EPCI, cannot be recomputed from the level of the
communes, and is therefore a figure to load. Show one or the other, and say which.

Vulnerability. Thirds of the median disposable income per consumption unit over all the
territories of the region, not over the respondents: the most vulnerable third has the
lowest incomes. A median income says nothing of inequalities inside the territory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

LEVELS = 7

FOUR_CLASSES: Mapping[str, Sequence[int]] = {
    "very_dense": (1,),
    "dense": (2, 3, 4),
    "sparse": (5, 6),
    "very_sparse": (7,),
}
THREE_CLASSES: Mapping[str, Sequence[int]] = {
    "dense": (1,),
    "intermediate": (2, 3, 4),
    "rural": (5, 6, 7),
}
INSEE_EPCI_CLASSES: Mapping[str, str] = {
    "1": "dense",
    "2": "intermediate",
    "3": "rural",
}
"""INSEE's three-level label of an EPCI, under the codes of `THREE_CLASSES`."""

VULNERABILITIES = ("high", "middle", "low")


def density_class(
    population_by_level: Sequence[float],
    classes: Mapping[str, Sequence[int]] = FOUR_CLASSES,
) -> str | None:
    """Class that holds most inhabitants; None for a territory without population.

    `population_by_level[k - 1]` is the population living in communes of level k. Of
    two classes with as many inhabitants, the denser wins.

    >>> density_class([0, 0, 500, 0, 300, 600, 0])
    'sparse'
    >>> density_class([0, 0, 500, 0, 300, 600, 0], THREE_CLASSES)
    'rural'
    """
    if len(population_by_level) != LEVELS:
        raise ValueError(f"{len(population_by_level)} levels instead of {LEVELS}")
    sums = {
        code: sum(population_by_level[level - 1] for level in levels)
        for code, levels in classes.items()
    }
    return max(sums, key=lambda code: sums[code]) if any(sums.values()) else None


@dataclass(frozen=True, slots=True)
class Terciles:
    """Two limits that cut the territories in thirds, in the unit of the values."""

    low: float
    high: float


def terciles(values: Mapping[str, float | None]) -> Terciles:
    """Limits at one and two thirds of the known values.

    Quantile by linear interpolation between the neighbouring values (type 7 of
    R. J. Hyndman and Y. Fan, 1996, The American Statistician 50, 361-365; the default
    of NumPy, R and spreadsheets).

    >>> terciles({"a": 10, "b": 20, "c": 30, "d": 40, "e": None})
    Terciles(low=20.0, high=30.0)
    """
    known = [value for value in values.values() if value is not None]
    if not known:
        raise ValueError("no value is known: thirds cannot be computed")
    low, high = np.quantile(known, [1 / 3, 2 / 3])
    return Terciles(float(low), float(high))


def vulnerability_class(income: float | None, thresholds: Terciles) -> str | None:
    """ "high" up to the first limit, "low" above the second; None when unknown.

    >>> vulnerability_class(20_500, Terciles(21_180, 22_380))
    'high'
    """
    if income is None or isnan(income):
        return None
    if income <= thresholds.low:
        return "high"
    return "middle" if income <= thresholds.high else "low"
