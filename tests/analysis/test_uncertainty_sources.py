from __future__ import annotations

import numpy as np
import pytest

from jalons.analysis.index import Group, Index, Indicator
from jalons.analysis.normalisation import Scale
from jalons.analysis.observations import Figures
from jalons.analysis.ranking import ranks_of
from jalons.analysis.uncertainty import Choices, Method, drawn_weights, usual_choices
from jalons.analysis.uncertainty_sources import SEED, sources_of_ranks

PAIR = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),))


def figures(*rows: tuple[float, float], imputed=None) -> Figures:
    codes = tuple(f"t{at}" for at in range(len(rows)))
    people = np.ones(len(rows))
    return Figures(codes, ("a", "b"), np.array(rows, dtype=float), people, imputed)


# The two indicators say the contrary of each other, evenly spread.
OPPOSED = figures(*((at, 6 - at) for at in range(7)))


def test_weights_explain_what_two_contrary_indicators_do_to_a_rank():
    found = sources_of_ranks(PAIR, OPPOSED, OPPOSED, runs=256)

    at = found.choices.index("weights")
    assert found.indices.total.value[at, 0] > 0.9
    others = np.delete(found.indices.total.value, at, axis=0)
    assert (others[:, 0] < 0.2).all()


def test_a_rank_that_no_choice_moves_owes_nothing_to_any():
    same = figures((1, 1), (5, 5), (9, 9))

    found = sources_of_ranks(PAIR, same, same, runs=32)

    assert not found.indices.first.value.any()
    assert not found.indices.total.value.any()


def test_inherited_values_are_a_choice_only_where_there_are_some():
    assert "inherited" not in sources_of_ranks(PAIR, OPPOSED, OPPOSED, runs=8).choices
    imputed = np.zeros((7, 2), dtype=bool)
    imputed[2, 1] = True
    some = Figures(
        OPPOSED.codes, ("a", "b"), OPPOSED.values, OPPOSED.population, imputed
    )
    loose = Index("i", PAIR.axes, coverage=PAIR.coverage.__class__(0.5, 1))

    assert "inherited" in sources_of_ranks(loose, some, some, runs=8).choices


def test_a_scale_that_reaches_zero_meets_no_geometric_mean():
    centred = Index("i", PAIR.axes, Scale("z_score"))

    found = sources_of_ranks(centred, OPPOSED, OPPOSED, runs=8)

    # Percentile and min-max remain, each with both means.
    assert ("scale", "mean", "weights") == found.choices


def test_with_weights_alone_it_is_the_formula_on_ranks_computed_apart():
    scale = Scale("min_max", trim=None)
    choices = Choices((Method(scale, "arithmetic"),), draws=1)
    index, runs = Index("i", PAIR.axes, scale), 40
    found = sources_of_ranks(index, OPPOSED, OPPOSED, choices, runs)

    # A geometric mean stands beside the arithmetic one: both are drawn.
    assert ("mean", "weights") == found.choices
    weights = drawn_weights(index, Choices(choices.methods, 2 * runs, choices.seed))
    on_scale = 1 + 9 * OPPOSED.values / 6
    rng = np.random.default_rng(SEED)
    rng.integers(0, 1, (2, runs))
    means = rng.integers(0, 2, (2, runs))

    def ranks(mean: np.ndarray, given: np.ndarray) -> np.ndarray:
        both = np.stack([given @ on_scale.T, given @ np.log(on_scale).T])
        return ranks_of(both[mean, np.arange(runs)]).astype(float)

    a, b = ranks(means[0], weights[:runs]), ranks(means[1], weights[runs:])
    moved = ranks(means[0], weights[runs:]) - a
    both = np.vstack([a, b])
    expected = (moved**2).mean(axis=0) / 2 / both.var(axis=0)
    assert expected == pytest.approx(found.indices.total.value[1])


def test_nothing_to_rank_is_refused():
    empty = figures((np.nan, np.nan), (np.nan, np.nan))

    with pytest.raises(ValueError, match="no territory has a score"):
        sources_of_ranks(PAIR, empty, OPPOSED, usual_choices(PAIR), 8)
