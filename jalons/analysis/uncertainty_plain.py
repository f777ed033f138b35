"""`uncertainty`, one draw and one territory at a time: slow, and easy to check.

Tests and benchmarks hold the fast way to this one. Only the draws are shared: the
weights drawn, and the settings that they are dealt to.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

import numpy as np

from jalons.analysis.composite import score
from jalons.analysis.index import Group, Index, Indicator, indicators_of, ticked
from jalons.analysis.observations import Figures
from jalons.analysis.ranking import QUANTILES, RESOLUTION, Ranks, place_of, third
from jalons.analysis.uncertainty import (
    Choices,
    Uncertainty,
    drawn_weights,
    own_ranks,
    settings,
)


def rank_intervals_plainly(
    index: Index, figures: Figures, reference: Figures, choices: Choices
) -> Uncertainty:
    """What `uncertainty.rank_intervals` must give.

    >>> from jalons.analysis.uncertainty import usual_choices
    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),))
    >>> figures = Figures(("x", "y", "z"), ("a", "b"),
    ...                   [[9, 9], [1, 5], [5, 1]], [1, 1, 1])
    >>> choices = usual_choices(index)
    >>> found = rank_intervals_plainly(index, figures, figures, choices)
    >>> found.quantiles[0].tolist(), found.fragile_share[0]
    ([1, 1, 1], np.float64(1.0))
    """
    scores = score(index, figures, reference)
    codes = [code for code in scores.codes if scores.of(code) is not None]
    ranks = _ranks(index, figures.only(codes), reference, choices)
    ordered = [sorted(row[at] for row in ranks) for at in range(len(codes))]
    quantiles = [[row[place_of(q, len(row))] for q in QUANTILES] for row in ordered]
    first = [sum(r <= third(len(codes)) for r in row) / len(row) for row in ordered]
    own: Ranks = own_ranks(index, scores)
    return Uncertainty(
        tuple(codes),
        own,
        np.array(quantiles, dtype=own.dtype),
        np.array(first),
        choices.draws,
    )


def _ranks(
    index: Index, figures: Figures, reference: Figures, choices: Choices
) -> list[list[int]]:
    """Ranks of all territories in each draw."""
    whole = ticked(index)
    names = [one.code for one in indicators_of(whole)]
    dealt = list(settings(index, figures, reference, choices))
    ranks = []
    for draw, row in enumerate(drawn_weights(index, choices).tolist()):
        weights = dict(zip(names, row, strict=True))
        table = dealt[draw % len(dealt)].values.tolist()
        found = [
            _mean(whole, dict(zip(names, values, strict=True)), weights)
            for values in table
        ]
        rounded = [round(value / RESOLUTION) for value in found]
        ranks.append([1 + sum(other > one for other in rounded) for one in rounded])
    return ranks


def _mean(
    part: Indicator | Group, values: Mapping[str, float], weights: Mapping[str, float]
) -> float:
    """Mean of what is known, each part weighing all that is under it, or NaN."""
    if isinstance(part, Indicator):
        return values[part.code]
    total = weight = 0.0
    for each in part.parts:
        under = indicators_of(each) if isinstance(each, Group) else (each,)
        value = _mean(each, values, weights)
        if not isnan(value):
            of_part = sum(weights[one.code] for one in under)
            total += of_part * value
            weight += of_part
    return total / weight if weight else float("nan")
