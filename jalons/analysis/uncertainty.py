"""How far the rank of a territory depends on choices that could have been others.

An index rests on choices: the scale, the mean, the weights, what is done with inherited
values. Each draw takes other ones, all as defensible, and ranks the territories again:

* scale and mean: every method in turn, so that each has as many draws;
* inherited values: kept, or left out where the score stands without them;
* weights: a Dirichlet distribution around those of the definition. With a
  concentration of 1 and equal weights, any weighting is as likely as another
  (R. Lahdelma, J. Hokkanen, P. Salminen, 1998, SMAA, EJOR 106(1), 137-143).

What is kept of the draws of a territory: the 5, 50 and 95 % of its ranks (the least
rank that so many draws do not exceed), and the share of draws that put it among the
most fragile third. Rank 1 is the most fragile; equal scores share the best rank.

Reference: M. Saisana, A. Saltelli, S. Tarantola, 2005, JRSS A 168(2), 307-323. Not an
interval of confidence: errors in the figures themselves are not drawn.

Memory: two bytes a draw and territory (four above 65 535), up to `LARGEST` of them;
beyond, draws come by chunks (`running_quantiles`). `uncertainty_plain` says the same
with one draw and one territory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.composite import Scores, logarithms, normalised, score
from jalons.analysis.contributions import weights_of_known
from jalons.analysis.index import (
    Aggregation,
    Group,
    Index,
    indicators_of,
    shares,
    ticked,
)
from jalons.analysis.normalisation import Scale
from jalons.analysis.observations import Array, Figures, Mask
from jalons.analysis.ranking import (
    CHUNK,
    Ranks,
    RunningSummaries,
    blocks,
    check_range,
    in_threads,
    rank_into,
    rank_type,
    ranks_of,
    summaries,
)

Label = Literal["robust", "sensitive"]

DRAWS = 1_000
SEED = 20_240_101
"""Any number would do; always the same, so that a page says the same twice."""
CONCENTRATION = 1.0
ROBUST_SHARE = 0.90
"""Among the most fragile third, or outside it, in nine draws of ten: our choice."""

LARGEST = 40_000_000
"""Ranks kept together: 80 megabytes."""
SINGLE_THREAD = 4 * 65_536
"""Multiplications under which OpenBLAS keeps to one thread (its threshold, times its
default factor)."""


@dataclass(frozen=True, slots=True)
class Method:
    """A scale and a mean."""

    scale: Scale
    aggregation: Aggregation


@dataclass(frozen=True, slots=True)
class Choices:
    """What is drawn: how many times, from which seed, around which weights."""

    methods: tuple[Method, ...]
    draws: int = DRAWS
    seed: int = SEED
    concentration: float = CONCENTRATION

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not self.methods or self.draws < 1 or self.concentration <= 0:
            raise ValueError("at least a method, a draw, a concentration above zero")


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of computing, shared by many draws: values ready to be averaged.

    `values`: territories × indicators, logarithms for a geometric mean, NaN where
    missing or left out.
    """

    values: Array
    draws: slice


@dataclass(frozen=True, slots=True)
class RankRange:
    """What the draws say of one territory; `n` territories are ranked."""

    code: str
    rank: int
    low: int
    middle: int
    high: int
    n: int
    fragile_share: float
    label: Label


@dataclass(frozen=True, slots=True, eq=False)
class Uncertainty:
    """One row a territory that has a score; `quantiles` has a column a quantile."""

    codes: tuple[str, ...]
    ranks: Ranks
    quantiles: Ranks
    fragile_share: Array
    draws: int

    def of(self, code: str) -> RankRange | None:
        """The range of one territory, None when it has no score."""
        return self.at(self.codes.index(code)) if code in self.codes else None

    def at(self, at: int) -> RankRange:
        """The range of one row."""
        code = self.codes[at]
        low, middle, high = self.quantiles[at].tolist()
        share = float(self.fragile_share[at])
        rank, n = int(self.ranks[at]), len(self.codes)
        return RankRange(code, rank, low, middle, high, n, share, label(share))


def label(fragile_share: float) -> Label:
    """Robust when nearly all draws agree on being in the most fragile third or not.

    >>> [label(share) for share in (0.94, 0.6, 0.02)]
    ['robust', 'sensitive', 'robust']
    """
    agreement = max(fragile_share, 1 - fragile_share)
    return "robust" if agreement >= ROBUST_SHARE else "sensitive"


def usual_choices(index: Index) -> Choices:
    """The method of the index, and percentile or min-max, arithmetic or geometric.

    >>> from jalons.analysis.index import Indicator
    >>> one = Index("i", (Group("axis", (Indicator("a"),)),))
    >>> [(m.scale.formula, m.aggregation) for m in usual_choices(one).methods][:2]
    [('percentile', 'arithmetic'), ('percentile', 'geometric')]
    """
    own = Method(index.scale, index.aggregation)
    weighted_by = index.scale.weighted_by
    others = [
        Method(scale, aggregation)
        for scale in (
            Scale("percentile", weighted_by=weighted_by),
            Scale("min_max", weighted_by=weighted_by),
        )
        for aggregation in ("arithmetic", "geometric")
    ]
    return Choices((own, *(other for other in others if other != own)))


def rank_intervals(
    index: Index, figures: Figures, reference: Figures, choices: Choices | None = None
) -> Uncertainty:
    """Rank the territories that have a score, again and again; see the module.

    >>> from jalons.analysis.index import Indicator
    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),))
    >>> figures = Figures(("x", "y", "z"), ("a", "b"),
    ...                   [[9, 9], [1, 5], [5, 1]], [1, 1, 1])
    >>> found = rank_intervals(index, figures, reference=figures)
    >>> found.of("x").high, found.of("y").low, found.of("y").high
    (1, 2, 3)
    """
    choices = choices or usual_choices(index)
    scores = score(index, figures, reference)
    ranked = [
        code
        for code, reason in zip(scores.codes, scores.reasons, strict=True)
        if reason is None
    ]
    if not ranked:
        raise ValueError("no territory has a score: nothing to rank")
    kept, known = figures.only(ranked), ~np.isnan(scores.values)
    on_scale = {index.scale: scores.normalised[known]}
    every = list(settings(index, kept, reference, choices, on_scale))
    weights = drawn_weights(index, choices)
    quantiles, fragile = _summed_up(ticked(index), every, weights)
    return Uncertainty(
        tuple(ranked), own_ranks(index, scores), quantiles, fragile, choices.draws
    )


def _summed_up(
    whole: Group, every: Sequence[Setting], weights: Array
) -> tuple[Ranks, Array]:
    """Quantiles of ranks, and shares of draws in the first third.

    Beyond `LARGEST`, by chunks of draws, each with as many of every setting.
    """
    draws, n = len(weights), len(every[0].values)
    step = CHUNK // len(every) * len(every)
    if draws * n > LARGEST:
        running = RunningSummaries(n, draws)
        for start in range(0, draws, step):
            running.add(_ranks(whole, every, weights[start : start + step]))
        if found := running.found():
            return found
    return summaries(_ranks(whole, every, weights))


def _ranks(whole: Group, every: Sequence[Setting], weights: Array) -> Ranks:
    """Draws × territories, dealt to the settings in turn."""
    n = len(every[0].values)
    ranks: Ranks = np.empty((len(weights), n), dtype=rank_type(n))
    for setting in every:
        rank_all(whole, setting, weights, ranks)
    return ranks


def drawn_weights(index: Index, choices: Choices) -> Array:
    """Draws × indicators: Dirichlet around the shares of the index, rows sum to 1."""
    centre = shares(ticked(index))
    alpha = choices.concentration * len(centre) * centre
    return np.random.default_rng(choices.seed).dirichlet(alpha, choices.draws)


def settings(
    index: Index,
    figures: Figures,
    reference: Figures,
    choices: Choices,
    known: Mapping[Scale, Array] | None = None,
) -> Iterator[Setting]:
    """Each method, with inherited values kept then left out; draws dealt in turn.

    `known` has the values on a scale, where they were already computed.
    """
    ways = list(ways_of(index, figures, reference))
    step = len(choices.methods) * len(ways)
    on_scale = dict(known or {})
    for scale in {method.scale for method in choices.methods} - on_scale.keys():
        on_scale[scale] = normalised(index, figures, reference, scale)
    for place, method in enumerate(choices.methods):
        values = on_scale[method.scale]
        if method.aggregation == "geometric":
            values = logarithms(values)
        for way, left_out in enumerate(ways):
            draws = slice(place * len(ways) + way, choices.draws, step)
            if left_out.any():
                yield Setting(np.where(left_out, np.nan, values), draws)
            else:
                yield Setting(values, draws)


def ways_of(index: Index, figures: Figures, reference: Figures) -> Iterator[Mask]:
    """What is left out: nothing; then the inherited values of the territories that
    have a score without them, if any."""
    names = [one.code for one in indicators_of(ticked(index))]
    imputed = np.column_stack([figures.imputed_of(name) for name in names])
    yield np.zeros_like(imputed)
    if not imputed.any():
        return
    reasons = score(index, figures.observed(), reference).reasons
    stands = np.array([reason is None for reason in reasons], dtype=bool)
    left_out = imputed & stands[:, None]
    if left_out.any():
        yield left_out


def own_ranks(index: Index, scores: Scores) -> Ranks:
    """Ranks by the index itself, of the territories that have a score."""
    values = scores.values[~np.isnan(scores.values)]
    if index.aggregation == "geometric":
        values = logarithms(values)
    check_range(values)
    own: Ranks = ranks_of(values[None, :])[0]
    return own


def rank_all(whole: Group, setting: Setting, weights: Array, ranks: Ranks) -> None:
    """Fill the rows of `ranks` of one setting, block by block.

    Territories that miss the same indicators share their weights: the scores of a
    block are one matrix product for each such pattern.
    """
    check_range(setting.values)
    patterns = list(_patterns(setting.values))
    mine, into = weights[setting.draws], ranks[setting.draws]
    n = len(setting.values)
    work = weights.shape[0] * n

    def rank(block: slice) -> None:
        scores = np.empty((len(mine[block]), n))
        for known, rows, values in patterns:
            given = weights_of_known(whole, known, mine[block])
            scores[:, rows] = _product(given, values)
        rank_into(scores, into[block], work)

    in_threads(rank, blocks(len(mine), n))


def _product(weights: Array, values: Array) -> Array:
    """weights @ values, a few columns at a time.

    A product this small stays in one thread: inside ours, those that the linear
    algebra library would start wait for each other and double the time.
    """
    found = np.empty((len(weights), values.shape[1]))
    width = max(1, SINGLE_THREAD // max(1, weights.size))
    for start in range(0, values.shape[1], width):
        columns = slice(start, start + width)
        np.matmul(weights, values[:, columns], out=found[:, columns])
    return found


def _patterns(values: Array) -> Iterator[tuple[Mask, NDArray[np.intp] | slice, Array]]:
    """Known indicators, the territories that know just those, their values (turned)."""
    known = ~np.isnan(values)
    if known.all():
        yield known[0], slice(None), np.ascontiguousarray(values.T)
        return
    groups, group_of = np.unique(
        np.packbits(known, axis=1), axis=0, return_inverse=True
    )
    for group in range(len(groups)):
        rows = np.flatnonzero(group_of.reshape(-1) == group)
        filled = np.nan_to_num(values[rows])
        yield known[rows[0]], rows, np.ascontiguousarray(filled.T)
