"""An index: indicators on one scale, averaged by axis, then over the axes.

* A missing value is left out of each mean, never counted as zero: its weight goes to
  the other parts of the same group.
* A score needs 75 % of the weight to be known and an indicator in each axis; below
  that it is not computable, and says why.
* Means are arithmetic, or geometric (a strength then makes up less for a weakness).
* The share of the score that rests on inherited values goes with it.

An index tells a risk in a territory, not the situation of its inhabitants, and stands
by its reference: no target, no series over time can be made of it.

Source: OECD and JRC, 2008, Handbook on Constructing Composite Indicators, § 1.6 and 6;
checked against COINr 1.1.14 (W. Becker et al., 2022, JOSS 7(78), 4567).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np

from jalons.analysis.index import (
    Aggregation,
    Group,
    Index,
    Indicator,
    indicators_of,
    shares,
    ticked,
)
from jalons.analysis.normalisation import Scale, normalise
from jalons.analysis.observations import Array, Figures, Mask
from jalons.analysis.ranking import blocks, in_threads

Reason = Literal["weight", "axis"]

SORTING = 16
"""Placing a value among others costs about that many simple operations."""
ROUNDING = 1e-9
"""Shares of weight are sums of fractions: 0.75 may come out a hair below."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Results, one row a territory.

    `values` is NaN where the index is not computable. `parts` has the mean of every
    axis and group, given as soon as one of its indicators is known. `normalised` has
    one column for each of `indicators`. `known_share` is the share of the weight of the
    index that is known; `imputed_share`, the share of the known weight that rests on
    inherited values.
    """

    codes: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Array
    parts: Mapping[str, Array]
    normalised: Array
    known_share: Array
    imputed_share: Array
    reasons: tuple[Reason | None, ...]

    def of(self, code: str) -> float | None:
        """The score of one territory, or None."""
        value = float(self.values[self.codes.index(code)])
        return None if isnan(value) else value


def score(index: Index, figures: Figures, reference: Figures) -> Scores:
    """Score every territory of `figures`, read against the territories of `reference`.

    An indicator that is not loaded is missing everywhere.

    >>> from jalons.analysis.index import Coverage
    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),),
    ...               Scale("min_max", trim=None), coverage=Coverage(0.5))
    >>> figures = Figures(("x", "y", "z"), ("a", "b"),
    ...                   [[0, 0], [10, 5], [5, np.nan]], [1, 1, 1])
    >>> score(index, figures, reference=figures).values.tolist()
    [1.0, 10.0, 5.5]
    """
    whole = ticked(index)
    names = tuple(one.code for one in indicators_of(whole))
    columns = normalised(index, figures, reference)
    parts: dict[str, Array] = {}
    with_all = _mean(whole, dict(zip(names, columns.T, strict=True)), index, parts)
    known = ~np.isnan(columns)
    imputed = np.column_stack([figures.imputed_of(name) for name in names])
    reasons = _reasons(index, known)
    refused = np.array([reason is not None for reason in reasons], dtype=bool)
    del parts[index.code]
    return Scores(
        codes=figures.codes,
        indicators=names,
        values=np.where(refused, np.nan, with_all),
        parts=parts,
        normalised=columns,
        known_share=known @ shares(whole),
        imputed_share=_imputed_share(whole, known, imputed),
        reasons=reasons,
    )


def normalised(
    index: Index, figures: Figures, reference: Figures, scale: Scale | None = None
) -> Array:
    """Territories × ticked indicators, on the scale of the index or on another one."""
    names = indicators_of(ticked(index))
    found = np.empty((len(figures.codes), len(names)))

    def place(columns: slice) -> None:
        for at in range(columns.start, columns.stop):
            one = names[at]
            found[:, at] = normalise(
                figures.of(one.code),
                reference.of(one.code),
                reference.population,
                scale or index.scale,
                one.raised_by,
            )

    in_threads(place, blocks(len(names), len(reference.codes) * SORTING))
    return found


def _mean(
    part: Indicator | Group,
    columns: Mapping[str, Array],
    index: Index,
    found: dict[str, Array],
) -> Array:
    """Mean of what is known in a part; every mean on the way is kept in `found`."""
    if isinstance(part, Indicator):
        return columns[part.code]
    below = np.stack([_mean(each, columns, index, found) for each in part.parts])
    weights = np.array([each.weight for each in part.parts])
    found[part.code] = mean_of_known(below, weights, index.aggregation)
    return found[part.code]


def mean_of_known(values: Array, weights: Array, aggregation: Aggregation) -> Array:
    """Weighted mean down the rows; missing values are left out, all missing is NaN.

    >>> both = np.array([[1.0, 4.0], [16.0, np.nan]])
    >>> mean_of_known(both, np.array([1, 1]), "geometric").tolist()
    [4.0, 4.0]
    """
    known = ~np.isnan(values)
    if aggregation == "geometric":
        values = logarithms(values)
    total = weights @ known
    with np.errstate(invalid="ignore"):
        mean: Array = weights @ np.where(known, values, 0) / total
    return np.exp(mean) if aggregation == "geometric" else mean


def logarithms(values: Array) -> Array:
    """Natural logarithms; raises ValueError when a value has none."""
    if (values <= 0).any():
        raise ValueError("a geometric mean needs a scale above zero")
    return np.log(values)


def _reasons(index: Index, known: Mask) -> tuple[Reason | None, ...]:
    """Why each territory has no score: too little weight, or an axis left unknown."""
    whole = ticked(index)
    rule = index.coverage
    enough: Mask = known @ shares(whole) >= rule.least_weight_share - ROUNDING
    enough &= known.any(axis=1)  # Even when the rule asks for nothing.
    axes = [len(indicators_of(axis)) for axis in whole.parts if isinstance(axis, Group)]
    starts = np.cumsum([0, *axes[:-1]])
    counts = np.add.reduceat(known, starts, axis=1, dtype=np.intp)
    complete = np.all(counts >= np.minimum(rule.least_per_axis, axes), axis=1)
    found = np.full(len(known), None, dtype=object)
    found[~enough] = "weight"
    found[~complete] = "axis"
    return tuple(found.tolist())


def _imputed_share(whole: Group, known: Mask, imputed: Mask) -> Array:
    """Share of the known weight; NaN where nothing is known."""
    weight = shares(whole)
    with np.errstate(invalid="ignore"):
        share: Array = (imputed & known) @ weight / (known @ weight)
    return share
