"""Who contributes what to the score of one territory.

Leaving out what is missing, a score is a weighted mean of the known indicators, with
weights that depend on which ones are known. Its distance to a reference r decomposes
exactly:

* arithmetic mean: score − r = Σ weight × (value − value of the reference);
* geometric mean: the same on logarithms, times the logarithmic mean of score and r
  (LMDI; B. W. Ang, 2005, "The LMDI approach to decomposition analysis", Energy Policy
  33(7), 867-871), so that the lines still sum to the distance.

Where indicators are missing, r on the known ones differs from r on all of them: that
difference is a line of its own, so that nothing is hidden in the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import numpy as np

from jalons.analysis.composite import logarithms, normalised, score
from jalons.analysis.index import (
    Aggregation,
    Group,
    Index,
    indicators_of,
    shares,
    ticked,
)
from jalons.analysis.observations import Array, Figures, Mask


@dataclass(frozen=True, slots=True)
class Contribution:
    """One indicator of one territory; `points` raise or lower the score.

    `value` is in the indicator's unit; `on_scale` and `reference_on_scale` on the
    scale of the index; `weight` is its share once missing ones are left out. All but
    the codes and the reference are None when the value is missing, the reference too
    when the indicator is known nowhere in it.
    """

    axis: str
    indicator: str
    value: float | None
    on_scale: float | None
    reference_on_scale: float | None
    weight: float | None
    points: float | None
    is_imputed: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """score = reference + Σ points + points_of_missing."""

    code: str
    score: float
    reference: float
    lines: tuple[Contribution, ...]
    points_of_missing: float


def weights_of_known(group: Group, known: Mask, weights: Array) -> Array:
    """Weights once the unknown indicators are left out of each mean.

    `weights`: (…, indicators), shares in the whole with all known; `known`: one truth
    value an indicator. The weight of an unknown part goes to the other parts of its
    group, in proportion. Each row sums to 1, or to 0 when nothing is known.

    >>> from jalons.analysis.index import Indicator
    >>> skills = Group("skills", (Indicator("age"), Indicator("diploma")))
    >>> index = Group("index", (skills, Group("access", (Indicator("poverty"),))))
    >>> known = np.array([True, False, True])
    >>> weights_of_known(index, known, np.array([0.25, 0.25, 0.5])).tolist()
    [0.5, 0.0, 0.5]
    """
    found = np.zeros_like(weights)
    _give(group, known, weights, found, np.ones(weights.shape[:-1]))
    return found


def _give(
    group: Group, known: Mask, weights: Array, found: Array, budget: Array
) -> None:
    """Share the budget of a group between its parts in which something is known."""
    parts, start = [], 0
    for part in group.parts:
        size = len(indicators_of(part)) if isinstance(part, Group) else 1
        under = slice(start, start + size)
        if known[under].any():
            parts.append((part, under, weights[..., under].sum(axis=-1)))
        start += size
    total = sum((weight for _, _, weight in parts), np.zeros(budget.shape))
    for part, under, weight in parts:
        given = budget * weight / total
        if isinstance(part, Group):
            _give(part, known[under], weights[..., under], found[..., under], given)
        else:
            found[..., under.start] = given


def explain(
    index: Index, figures: Figures, reference: Figures, code: str
) -> Explanation | None:
    """Decompose the distance of one score to the reference; None without a score.

    The reference has the mean of each indicator over the reference territories, on
    the scale, weighted as the scale is, aggregated as the index is.

    >>> from jalons.analysis.index import Indicator
    >>> from jalons.analysis.normalisation import Scale
    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),),
    ...               Scale("min_max", trim=None))
    >>> figures = Figures(("x", "y"), ("a", "b"), [[0, 0], [10, 5]], [1, 1])
    >>> found = explain(index, figures, figures, "y")
    >>> found.reference, [line.points for line in found.lines], found.score
    (5.5, [2.25, 2.25], 10.0)
    """
    one = figures.only([code])
    scores = score(index, one, reference)
    if scores.of(code) is None:
        return None
    whole, on_scale = ticked(index), scores.normalised[0]
    means = reference_on_scale(index, reference)
    known = ~np.isnan(on_scale)
    weights = weights_of_known(whole, known, shares(whole))
    on_known = _aggregated(means, weights, index.aggregation)
    on_all = _aggregated(means, shares(whole), index.aggregation)
    total = float(scores.values[0])
    differences = on_scale - means
    if index.aggregation == "geometric":
        differences = logarithms(on_scale) - logarithms(means)
        differences = differences * logarithmic_mean(total, on_known)
    points = weights * differences
    lines = _lines(whole, one, on_scale, means, weights, points)
    return Explanation(code, total, on_all, lines, on_known - on_all)


def reference_score(index: Index, reference: Figures) -> float | None:
    """The score of the reference itself: its mean indicators, aggregated.

    None when nothing is known of it.

    >>> from jalons.analysis.index import Indicator
    >>> from jalons.analysis.normalisation import Scale
    >>> one = Group("axis", (Indicator("a"),))
    >>> some = Figures(("x", "y"), ("a",), [[0], [10]], [300, 100])
    >>> reference_score(Index("i", (one,), Scale("reference_100", trim=None)), some)
    100.0
    """
    means = reference_on_scale(index, reference)
    if np.isnan(means).all():
        return None
    return _aggregated(means, shares(ticked(index)), index.aggregation)


def reference_on_scale(index: Index, reference: Figures) -> Array:
    """Mean of each ticked indicator over the reference, on the scale of the index."""
    columns = normalised(index, reference, reference)
    weights = reference.population
    if index.scale.weighted_by == "territories":
        weights = np.ones_like(weights)
    geometric = index.aggregation == "geometric"
    values = logarithms(columns) if geometric else columns
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        means: Array = weights @ np.where(known, values, 0) / (weights @ known)
    return np.exp(means) if geometric else means


def logarithmic_mean(one: float, other: float) -> float:
    """(a − b) / (ln a − ln b): between the geometric and the arithmetic mean.

    >>> round(logarithmic_mean(1, 9), 4), logarithmic_mean(4, 4)
    (3.641, 4)
    """
    return one if one == other else (one - other) / log(one / other)


def _aggregated(values: Array, weights: Array, aggregation: Aggregation) -> float:
    """Mean of what has a weight; an indicator known nowhere has no mean."""
    used = (weights > 0) & ~np.isnan(values)
    shown, weight = values[used], weights[used] / weights[used].sum()
    if aggregation == "geometric":
        return exp(float(weight @ np.log(shown)))
    return float(weight @ shown)


def _lines(
    whole: Group,
    one: Figures,
    on_scale: Array,
    means: Array,
    weights: Array,
    points: Array,
) -> tuple[Contribution, ...]:
    lines = []
    places = [
        (axis.code, indicator)
        for axis in whole.parts
        if isinstance(axis, Group)
        for indicator in indicators_of(axis)
    ]
    for at, (axis, indicator) in enumerate(places):
        known = not np.isnan(on_scale[at])
        lines.append(
            Contribution(
                axis,
                indicator.code,
                float(one.of(indicator.code)[0]) if known else None,
                float(on_scale[at]) if known else None,
                None if np.isnan(means[at]) else float(means[at]),
                float(weights[at]) if known else None,
                float(points[at]) if known else None,
                bool(one.imputed_of(indicator.code)[0]),
            )
        )
    return tuple(lines)
