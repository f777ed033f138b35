"""Figures of territories in one table, and rates of a parent from those of its parts.

* A blank is NaN: missing or secret, never zero.
* The rate of an EPCI is the sum of the numerators of its communes over the sum of
  their denominators. A mean of their rates would count a village as much as a town.
* A value that is secret in a small commune may be inherited from its parent: it is
  then marked as imputed, and every result says how much of it rests on such values.

Not valid for medians (of income, of distance): they cannot be summed; take the one
that the producer publishes for the parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Values of territories (rows) for indicators (columns).

    `population` has one number of inhabitants a row; `imputed` says which values were
    inherited rather than observed.

    >>> figures = Figures(("a", "b"), ("poverty",), [[12.5], [np.nan]], [900, 100])
    >>> figures.of("poverty").tolist()
    [12.5, nan]
    """

    codes: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Array
    population: Array
    imputed: Mask | None = None

    def __post_init__(self) -> None:
        """Turn lists into arrays once, and refuse a table that does not hold."""
        values = np.asarray(self.values, dtype=np.float64)
        population = np.asarray(self.population, dtype=np.float64)
        imputed = np.zeros(values.shape, dtype=bool)
        if self.imputed is not None:
            imputed = np.asarray(self.imputed, dtype=bool) & ~np.isnan(values)
        shape = (len(self.codes), len(self.indicators))
        if values.shape != shape or imputed.shape != shape:
            raise ValueError(f"values have the shape {values.shape}, not {shape}")
        if len(set(self.codes)) < len(self.codes):
            raise ValueError("a territory is there twice")
        if len(set(self.indicators)) < len(self.indicators):
            raise ValueError("an indicator is there twice")
        if population.shape != shape[:1] or not (population >= 0).all():
            raise ValueError("each territory needs its number of inhabitants")
        for name, array in (
            ("values", values),
            ("population", population),
            ("imputed", imputed),
        ):
            object.__setattr__(self, name, array)

    def of(self, indicator: str) -> Array:
        """One column; all missing when the indicator is not loaded."""
        if indicator not in self.indicators:
            return np.full(len(self.codes), np.nan)
        column: Array = self.values[:, self.indicators.index(indicator)]
        return column

    def imputed_of(self, indicator: str) -> Mask:
        """Which values of one column were inherited."""
        if self.imputed is None or indicator not in self.indicators:
            return np.zeros(len(self.codes), dtype=bool)
        column: Mask = self.imputed[:, self.indicators.index(indicator)]
        return column

    def observed(self) -> Figures:
        """The same table without what was inherited."""
        if self.imputed is None:
            return self
        values = np.where(self.imputed, np.nan, self.values)
        return replace(self, values=values, imputed=None)

    def only(self, codes: Sequence[str]) -> Figures:
        """The same table for some territories, in the order asked."""
        if tuple(codes) == self.codes:
            return self
        place = {code: at for at, code in enumerate(self.codes)}
        rows = [place[code] for code in codes]
        imputed = None if self.imputed is None else self.imputed[rows]
        return replace(
            self,
            codes=tuple(codes),
            values=self.values[rows],
            population=self.population[rows],
            imputed=imputed,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Rates of parents, one row each, and what they rest on.

    `rate` is NaN when nothing is known. `known_share` is the part of the parent's
    denominator whose numerator is known: 1 when no part is secret or missing.
    """

    codes: tuple[str, ...]
    rate: Array
    numerator: Array
    denominator: Array
    known_share: Array


def rates_of_parents(
    parents: Sequence[str],
    numerators: Sequence[float] | Array,
    denominators: Sequence[float] | Array,
) -> Rates:
    """Sum numerators and denominators of the parts of each parent, then divide.

    Shapes: one value a part, `parents` naming the parent of each. A part without
    numerator or without denominator is left out of both sums.

    >>> found = rates_of_parents(["epci", "epci"], [10, 100], [100, 400])
    >>> found.rate.tolist(), found.known_share.tolist()
    ([0.22], [1.0])
    """
    codes = tuple(sorted(set(parents)))
    place = {code: at for at, code in enumerate(codes)}
    rows = np.array([place[code] for code in parents], dtype=np.intp)
    above, below = (np.asarray(x, dtype=np.float64) for x in (numerators, denominators))
    known = ~np.isnan(above) & ~np.isnan(below)

    def total(values: Array) -> Array:
        sums: Array = np.zeros(len(codes))
        np.add.at(sums, rows, values)
        return sums

    numerator, denominator = (total(np.where(known, x, 0)) for x in (above, below))
    every = total(np.nan_to_num(below))
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(denominator > 0, numerator / denominator, np.nan)
        share = np.where(every > 0, denominator / every, 0.0)
    return Rates(codes, rate, numerator, denominator, share)
