"""Figures of different units brought to one scale, read against a reference.

The reference is a set of territories, always given, never guessed: bounds, means and
positions come from it alone, so that adding a territory elsewhere changes nothing.
After winsorising (values beyond two percentiles of the reference, counted in
territories, take their value):

* `percentile`: 1 + 9 p, where p is the share of the reference (its inhabitants, or its
  territories) that lives under a lower value, plus half of those under the same one;
* `min_max`: from `low` at the least value to `high` at the greatest;
* `z_score`: distance to the mean in standard deviations;
* `reference_100`: 100 × value / mean (the mirror 200 − that when low values count);
* `steps`: −3 to +3 for seven bands of positions, times `high` / 3.

Source: OECD and JRC, 2008, Handbook on Constructing Composite Indicators, § 1.5 and 5.
A score read on these scales is relative: it is no measure of change over time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from jalons.analysis.observations import Array

Formula = Literal["percentile", "min_max", "z_score", "reference_100", "steps"]
Weighting = Literal["population", "territories"]
Direction = Literal["higher", "lower"]

TRIM = (0.01, 0.99)
CUTS = (0.10, 0.25, 0.40, 0.60, 0.75, 0.90)
"""Bands of `steps`. Only the last cut (the top tenth has +3) and the median at zero
are published for the index of 2021-2023; the other cuts are ours, symmetrical."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How figures become comparable; `trim` holds the two percentiles, or None."""

    formula: Formula = "percentile"
    low: float = 1.0
    high: float = 10.0
    trim: tuple[float, float] | None = TRIM
    weighted_by: Weighting = "population"

    def __post_init__(self) -> None:
        """Refuse a scale that would turn the order around."""
        if self.formula not in FORMULAS:
            raise ValueError(f"no normalisation named {self.formula}")
        if not self.low < self.high:
            raise ValueError("the low end of a scale stands under its high end")
        if self.trim and not 0 <= self.trim[0] < self.trim[1] <= 1:
            raise ValueError("percentiles to trim lie between 0 and 1, in order")


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Values of the reference for one indicator, none missing, and their weights."""

    values: Array
    weights: Array

    def mean(self, values: Array) -> float:
        """Weighted mean over the reference."""
        return float(np.average(values, weights=self.weights))


def normalise(
    values: Array,
    reference: Array,
    population: Array,
    scale: Scale,
    raised_by: Direction = "higher",
) -> Array:
    """Values on the scale, high where the index must be high; missing stays missing.

    `reference` and `population` have one entry a territory of the reference; when the
    scale counts inhabitants, a territory without any is no part of it. A value beyond
    those of the reference takes the end of a bounded scale. When the reference has one
    and the same value everywhere, all stand in the middle.

    >>> ends = np.array([0.0, 50.0])
    >>> scale = Scale("min_max", trim=None)
    >>> normalise(np.array([0, 25, 80, np.nan]), ends, np.ones(2), scale).tolist()
    [1.0, 5.5, 10.0, nan]
    """
    sign = 1 if raised_by == "higher" else -1
    weights = (
        population if scale.weighted_by == "population" else np.ones_like(reference)
    )
    # A commune without inhabitants is no bound of a scale that counts inhabitants.
    known = ~np.isnan(reference) & (weights > 0)
    if not known.any():
        return np.full(values.shape, np.nan)
    signed, among = sign * values, Known(sign * reference[known], weights[known])
    if scale.trim:
        bounds = np.quantile(among.values, scale.trim)
        signed = np.clip(signed, *bounds)
        among = Known(np.clip(among.values, *bounds), among.weights)
    found = FORMULAS[scale.formula](signed, among, scale)
    return np.where(np.isnan(values), np.nan, found)


def position(values: Array, among: Known) -> Array:
    """Share of the reference below each value, plus half of what equals it.

    >>> town_and_village = Known(np.array([2.0, 8.0]), np.array([900.0, 100.0]))
    >>> position(np.array([1.0, 2.0, 8.0]), town_and_village).tolist()
    [0.0, 0.45, 0.95]
    """
    order = np.argsort(among.values)
    sorted_values = among.values[order]
    cumulated = np.concatenate([[0.0], np.cumsum(among.weights[order])])
    # Sought in order, values are found five times faster: their neighbours are at hand.
    is_same = np.array_equal(values, among.values)
    sought = order if is_same else np.argsort(values)
    below, up_to = (
        cumulated[np.searchsorted(sorted_values, values[sought], side=side)]
        for side in ("left", "right")
    )
    share = np.empty_like(values)
    share[sought] = (below + up_to) / (2 * cumulated[-1])
    return share


def _percentile(values: Array, among: Known, scale: Scale) -> Array:
    found: Array = scale.low + (scale.high - scale.low) * position(values, among)
    return found


def _min_max(values: Array, among: Known, scale: Scale) -> Array:
    least, greatest = among.values.min(), among.values.max()
    if least == greatest:
        return np.full(values.shape, (scale.low + scale.high) / 2)
    share: Array = np.clip((values - least) / (greatest - least), 0, 1)
    return scale.low + (scale.high - scale.low) * share


def _z_score(values: Array, among: Known, scale: Scale) -> Array:
    if among.values.min() == among.values.max():
        return np.zeros(values.shape)
    mean = among.mean(among.values)
    deviation = sqrt(among.mean((among.values - mean) ** 2))
    found: Array = (values - mean) / deviation
    return found


def _reference_100(values: Array, among: Known, scale: Scale) -> Array:
    mean = among.mean(among.values)
    if mean == 0:
        return np.where(values == 0, 100.0, np.nan)
    found: Array = 100 + 100 * (values - mean) / abs(mean)
    return found


def _steps(values: Array, among: Known, scale: Scale) -> Array:
    bands = np.searchsorted(CUTS, position(values, among), side="right")
    middle = len(CUTS) / 2
    found: Array = (bands.astype(np.float64) - middle) * (scale.high / middle)
    return found


FORMULAS: Mapping[str, Callable[[Array, Known, Scale], Array]] = {
    "percentile": _percentile,
    "min_max": _min_max,
    "z_score": _z_score,
    "reference_100": _reference_100,
    "steps": _steps,
}
