from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.index import Coverage, Group, Index, Indicator, shares, ticked
from jalons.analysis.normalisation import Scale
from jalons.analysis.observations import Figures
from jalons.analysis.ranking import ranks_of, summaries
from jalons.analysis.uncertainty import (
    Choices,
    Method,
    drawn_weights,
    label,
    rank_intervals,
    usual_choices,
)
from jalons.analysis.uncertainty_plain import rank_intervals_plainly
from tests.analysis.indices import TWO_AXES, figures

NAMES = ("age", "diploma", "poverty")
INDEX = Index("i", TWO_AXES.axes)


def random_figures(n: int, seed: int, missing: float = 0.0) -> Figures:
    """Values with ties, some missing, some inherited, drawn with a fixed seed."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 30, (n, 3)).astype(float)
    values[rng.random((n, 3)) < missing] = np.nan
    codes = tuple(f"t{at}" for at in range(n))
    imputed = rng.random((n, 3)) < missing
    return Figures(codes, NAMES, values, rng.integers(1, 9000, n), imputed)


@given(st.integers(2, 30), st.integers(0, 10**6), st.sampled_from([0.0, 0.2]))
def test_the_fast_way_gives_what_the_plain_way_gives(n, seed, missing):
    some = random_figures(n, seed, missing)
    index = replace(INDEX, coverage=Coverage(0.2, 0))
    choices = replace(usual_choices(index), draws=37, seed=seed)

    fast = rank_intervals(index, some, some, choices)
    plain = rank_intervals_plainly(index, some, some, choices)

    assert plain.codes == fast.codes
    assert plain.ranks.tolist() == fast.ranks.tolist()
    assert plain.quantiles.tolist() == fast.quantiles.tolist()
    assert plain.fragile_share.tolist() == fast.fragile_share.tolist()


def test_several_blocks_and_threads_give_what_the_plain_way_gives(monkeypatch):
    monkeypatch.setattr("jalons.analysis.ranking.BLOCK", 64)
    some = random_figures(20, seed=5, missing=0.1)
    choices = replace(usual_choices(INDEX), draws=101)

    fast = rank_intervals(INDEX, some, some, choices)

    plain = rank_intervals_plainly(INDEX, some, some, choices)
    assert plain.quantiles.tolist() == fast.quantiles.tolist()
    assert plain.fragile_share.tolist() == fast.fragile_share.tolist()


def test_equal_scores_share_the_best_rank_even_when_sums_differ_in_their_last_digit():
    scores = np.array([[0.1 + 0.2, 0.3, 0.9, 0.0]])

    assert 0.1 + 0.2 != 0.3
    assert [[2, 2, 1, 4]] == ranks_of(scores).tolist()


def test_quantiles_of_ranks_are_ranks_that_were_observed():
    # Twenty draws: 5 % is the least rank, 50 % the tenth, 95 % the nineteenth.
    ranks = np.array([[at, 31 - at] for at in range(1, 21)], dtype=np.uint16)

    quantiles, fragile = summaries(ranks)

    assert [[1, 10, 19], [11, 20, 29]] == quantiles.tolist()
    # The first third of two is one.
    assert [1 / 20, 0] == fragile.tolist()


def test_the_most_fragile_everywhere_stays_first_whatever_the_choices():
    text = """
        code  | population | age | diploma | poverty
        worst | 500        | 90  | 90      | 90
        mixed | 500        | 80  | 5       | 40
        other | 500        | 5   | 80      | 40
        best  | 500        | 1   | 1       | 1
    """

    found = rank_intervals(INDEX, figures(text), figures(text))

    worst, mixed, best = (found.of(code) for code in ("worst", "mixed", "best"))
    assert (1, 1, 1, 1) == (worst.rank, worst.low, worst.middle, worst.high)
    assert (1.0, "robust") == (worst.fragile_share, worst.label)
    assert (4, 4, 0.0) == (best.low, best.high, best.fragile_share)
    assert (2, 3) == (mixed.low, mixed.high)
    assert (4, "sensitive") == (mixed.n, mixed.label)


def test_a_territory_without_score_is_not_ranked():
    text = """
        code | population | age | diploma | poverty
        a    | 500        | 20  | 40      | 10
        b    | 500        | 30  | 50      | 20
        c    | 500        | 30  | 50      |
    """

    found = rank_intervals(INDEX, figures(text), figures(text))

    assert ("a", "b") == found.codes
    assert found.of("c") is None


def test_nothing_to_rank_is_refused():
    text = """
        code | population | age | diploma | poverty
        c    | 500        | 30  | 50      |
    """

    with pytest.raises(ValueError, match="nothing to rank"):
        rank_intervals(INDEX, figures(text), figures(text))


def test_inherited_values_are_left_out_in_half_of_the_draws():
    names, inhabitants = ("age", "diploma", "poverty"), [10, 10, 10]
    values = [[10, 10, 10], [12, 90, 12], [20, 10, 20]]
    inherited = [[False] * 3, [False, True, False], [False] * 3]
    index = replace(INDEX, axes=(Group("one", INDEX.axes[0].parts, 9), INDEX.axes[1]))
    index = replace(index, coverage=Coverage(0.5))
    plain_scale = Method(Scale("min_max", trim=None), "arithmetic")
    choices = Choices((plain_scale,), draws=200, concentration=1e6)

    kept = Figures(("a", "b", "c"), names, values, inhabitants)
    marked = replace(kept, imputed=np.array(inherited))

    assert 1.0 == rank_intervals(index, kept, kept, choices).of("b").fragile_share
    assert 0.5 == rank_intervals(index, marked, kept, choices).of("b").fragile_share


def test_weights_are_drawn_around_those_of_the_index():
    index = Index("i", (Group("one", (Indicator("a", 3), Indicator("b", 1))),))
    choices = replace(usual_choices(index), draws=4000)

    weights = drawn_weights(index, choices)

    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights.mean(axis=0) == pytest.approx(shares(ticked(index)), abs=0.02)
    assert (weights == drawn_weights(index, choices)).all()
    other = drawn_weights(index, replace(choices, seed=1))
    assert not (weights == other).any()


def test_an_index_without_zero_on_its_scale_is_drawn_with_geometric_means_too():
    steps = replace(INDEX, scale=Scale("steps", -10, 10, None, "territories"))

    own = [(m.scale.formula, m.aggregation) for m in usual_choices(INDEX).methods]
    of_steps = [(m.scale.formula, m.aggregation) for m in usual_choices(steps).methods]

    usual = [
        ("percentile", "arithmetic"),
        ("percentile", "geometric"),
        ("min_max", "arithmetic"),
        ("min_max", "geometric"),
    ]
    assert usual == own
    assert [("steps", "arithmetic"), *usual] == of_steps


def test_nine_draws_of_ten_make_a_place_robust():
    assert "robust" == label(0.90) == label(0.10)
    assert "sensitive" == label(0.89) == label(0.11)


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"concentration": 0}, {"methods": ()}])
def test_choices_that_cannot_be_drawn_are_refused(wrong):
    with pytest.raises(ValueError, match="at least"):
        replace(usual_choices(INDEX), **wrong)


def test_a_score_too_far_from_zero_is_refused_rather_than_ranked_wrong():
    text = """
        code | population | age | diploma | poverty
        a    | 500        | 1   | 1       | 1
        b    | 500        | 3   | 3       | 1e15
    """
    index = replace(INDEX, scale=Scale("reference_100", trim=None))
    far = figures(text)
    near = figures(text).only(["a"])

    with pytest.raises(ValueError, match="too far from zero"):
        rank_intervals(index, far, near)
