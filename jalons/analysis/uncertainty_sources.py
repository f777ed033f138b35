"""Which of the choices of an index moves the rank of each territory most.

The choices of `uncertainty`, drawn independently of each other: the scale, the mean,
what is done with inherited values, and all the weights together. A scale that reaches
zero or below has no geometric mean: it is left out, so that every scale meets every
mean. Of each territory come Sobol indices of its rank (`sobol`): the share of its
variance that a choice explains alone, and in all.

Reference: M. Saisana, A. Saltelli, S. Tarantola, 2005, JRSS A 168(2), 307-323.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.composite import logarithms, normalised, score
from jalons.analysis.index import Group, Index, ticked
from jalons.analysis.observations import Array, Figures
from jalons.analysis.ranking import Ranks, rank_type
from jalons.analysis.sobol import Indices, sobol
from jalons.analysis.uncertainty import (
    Choices,
    Setting,
    drawn_weights,
    rank_all,
    usual_choices,
    ways_of,
)

Choice = Literal["scale", "mean", "inherited", "weights"]
Sample = NDArray[np.intp]
"""Runs × choices: the number of what is chosen."""

RUNS = 512
"""Of A and of B: with four choices, 3 072 rankings."""
SEED = 20_240_103


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """One row a choice, one column a territory, in `indices`."""

    codes: tuple[str, ...]
    choices: tuple[Choice, ...]
    indices: Indices


def sources_of_ranks(
    index: Index,
    figures: Figures,
    reference: Figures,
    choices: Choices | None = None,
    runs: int = RUNS,
) -> Sources:
    """Sobol indices of the rank of every territory that has a score.

    >>> from jalons.analysis.index import Indicator
    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),))
    >>> figures = Figures(("x", "y", "z"), ("a", "b"),
    ...                   [[9, 9], [1, 5], [5, 1]], [1, 1, 1])
    >>> found = sources_of_ranks(index, figures, figures, runs=64)
    >>> found.choices, found.indices.first.value[:, 0].tolist()
    (('scale', 'mean', 'weights'), [0.0, 0.0, 0.0])
    """
    choices = choices or usual_choices(index)
    scores = score(index, figures, reference)
    ranked = [c for c, r in zip(scores.codes, scores.reasons, strict=True) if r is None]
    if not ranked:
        raise ValueError("no territory has a score: nothing to rank")
    ways = list(_settings(index, figures.only(ranked), reference, choices))
    sizes = [1 + max(place[at] for place, _values in ways) for at in range(3)]
    names: tuple[Choice, ...] = ("scale", "mean", "inherited", "weights")
    varying = [at for at, size in enumerate((*sizes, 2)) if size > 1]
    weights = drawn_weights(
        index, Choices(choices.methods, 2 * runs, choices.seed, choices.concentration)
    )
    a, b = _samples(sizes, runs)
    by_place = dict(ways)
    ranks = [
        _ranks(ticked(index), by_place, weights, sample)
        for sample in (a, b, *_mixed(a, b, varying))
    ]
    return Sources(
        tuple(ranked),
        tuple(names[at] for at in varying),
        sobol(ranks[0], ranks[1], ranks[2:]),
    )


def _settings(
    index: Index, figures: Figures, reference: Figures, choices: Choices
) -> Iterator[tuple[tuple[int, int, int], Array]]:
    """Values ready to be averaged, by place: which scale, which mean, which way."""
    ways = list(ways_of(index, figures, reference))
    scales = dict.fromkeys(method.scale for method in choices.methods)
    tables = [normalised(index, figures, reference, scale) for scale in scales]
    positive = [table for table in tables if not (table <= 0).any()]
    for scale, table in enumerate(positive):
        for mean, values in enumerate((table, logarithms(table))):
            for way, left_out in enumerate(ways):
                yield (scale, mean, way), np.where(left_out, np.nan, values)


def _samples(sizes: Sequence[int], runs: int) -> tuple[Sample, Sample]:
    """A and B: a number for each choice; each run has weights of its own."""
    rng = np.random.default_rng(SEED)
    drawn = np.empty((2, runs, len(sizes) + 1), dtype=np.intp)
    for at, size in enumerate(sizes):
        drawn[:, :, at] = rng.integers(0, size, (2, runs))
    drawn[:, :, -1] = np.arange(2 * runs).reshape(2, runs)
    return drawn[0], drawn[1]


def _mixed(a: Sample, b: Sample, varying: Sequence[int]) -> Iterator[Sample]:
    """A, with one choice of B, for each choice in turn."""
    for at in varying:
        both = a.copy()
        both[:, at] = b[:, at]
        yield both


def _ranks(
    whole: Group,
    ways: Mapping[tuple[int, int, int], Array],
    weights: Array,
    sample: Sample,
) -> Ranks:
    """Runs × territories: the runs of one setting together."""
    n = len(next(iter(ways.values())))
    ranks: Ranks = np.empty((len(sample), n), dtype=rank_type(n))
    for place, values in ways.items():
        rows = np.flatnonzero((sample[:, :3] == place).all(axis=1))
        if rows.size:
            mine: Ranks = np.empty((rows.size, n), dtype=ranks.dtype)
            given = weights[sample[rows, 3]]
            rank_all(whole, Setting(values, slice(None)), given, mine)
            ranks[rows] = mine
    return ranks
