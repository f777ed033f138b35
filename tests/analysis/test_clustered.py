from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.clustered import (
    clustered_bounds,
    clustered_interval,
    clustered_intervals,
)
from jalons.analysis.intervals import score_bounds, wilson

FEW_EPCI = (3, 5, 8, 12, 30)
SHARES, ALIKE = (0.1, 0.3, 0.5), (0.05, 0.2)
EQUAL, UNEQUAL, ONE_LARGE = (5,), (1, 2, 4, 8, 15), (1, 1, 1, 1, 2, 2, 3, 30)
SAMPLES = 3_000


def test_three_epci_by_hand():
    # Yes: 2 of 2, 1 of 2, 0 of 2. Without each in turn: 1/4, 2/4, 3/4 instead of 2/4.
    found = clustered_interval([True, True, True, False, False, False], "aabbcc")

    error = sqrt(2 / 3 * (1 / 16 + 0 + 1 / 16))
    half = 4.302653 * error / (1 / 2 * 1 / 2)
    assert found.low == pytest.approx(1 / (1 + exp(half)), abs=1e-6)
    assert found.high == pytest.approx(1 / (1 + exp(-half)), abs=1e-6)


def test_epci_of_one_weight_give_the_linearised_variance():
    yes = [4, 1, 2, 2]
    hits = [i < k for k in yes for i in range(5)]

    found = clustered_interval(hits, [i // 5 for i in range(20)])

    p = 9 / 20
    variance = 4 / 3 * sum((k - 5 * p) ** 2 for k in yes) / 20**2
    half = 3.182446 * sqrt(variance) / (p * (1 - p))
    assert log(found.low / (1 - found.low)) == pytest.approx(log(p / (1 - p)) - half)
    assert log(found.high / (1 - found.high)) == pytest.approx(log(p / (1 - p)) + half)


def test_weights_count_in_what_each_person_moves():
    # Of weight 3, 1, 1, 1; without each: 1/3, 3/5, 4/5, 4/5 instead of 4/6.
    found = clustered_interval([True, True, False, False], "abcd", [3, 1, 1, 1])

    moved = [1 / 3 - 2 / 3, 3 / 5 - 2 / 3, 4 / 5 - 2 / 3, 4 / 5 - 2 / 3]
    half = 3.182446 * sqrt(3 / 4 * sum(one**2 for one in moved)) / (2 / 3 * 1 / 3)
    assert found.low == pytest.approx(1 / (1 + exp(half - log(2))), abs=1e-6)


def test_one_epci_alone_has_no_interval():
    assert clustered_interval([True, False, True], "aaa") is None
    assert clustered_intervals(np.array([[2, 0]]), np.array([3, 0])) == [None]
    assert clustered_interval([], []) is None


@pytest.mark.parametrize("answer", [True, False])
def test_answers_all_alike_count_as_many_as_their_epci(answer):
    found = clustered_interval([answer] * 12, "abc" * 4)

    assert found == wilson(3 * answer, 3)


def test_epci_that_all_say_the_same_share_count_once_each():
    # Each answered half yes, half no: nothing says how much they vary.
    found = clustered_interval([True, False] * 6, "aabbccddeeff")

    assert found == wilson(3, 6)
    assert clustered_intervals(np.array([[1] * 6]), np.array([2] * 6)) == [found]


def test_epci_nearly_alike_do_not_make_answers_surer():
    hits = [True, False] * 19 + [True, True]
    found = clustered_interval(hits, [i // 2 for i in range(40)])

    assert found == wilson(21, 40)


def test_one_answer_an_epci_and_one_weight_is_wilsons():
    assert clustered_interval([True, True, False], "abc") == wilson(2, 3)
    assert clustered_interval([True, True, False], "abc", [2, 2, 2]) == wilson(2, 3)


def test_several_respondents_of_one_epci_widen_the_interval():
    found = clustered_interval([True] * 20 + [False] * 20, [i // 10 for i in range(40)])

    alone = wilson(20, 40)
    assert found.high - found.low > 2 * (alone.high - alone.low)


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 4), st.sampled_from([0.5, 1.0, 3.0])),
        min_size=1,
        max_size=30,
    )
)
def test_arrays_give_what_the_readable_reference_gives(said):
    hits, clusters, weights = zip(*said, strict=True)
    expected = clustered_interval(hits, clusters, weights)

    at, w, x = np.array(clusters), np.array(weights), np.array(hits)
    base, yes = np.bincount(at, w, 5), np.bincount(at, w * x, 5)
    low, high = clustered_bounds(
        np.array([[yes.sum() / base.sum()]]),
        base[None],
        yes[None, None],
        people=np.array([len(said)]),
        effective=np.array([w.sum() ** 2 / (w**2).sum()]),
    )

    if expected is None:
        assert np.isnan([low, high]).all()
    else:
        found = (low[0, 0], high[0, 0])
        assert (expected.low, expected.high) == pytest.approx(found, abs=1e-9)
        assert 0 <= expected.low <= expected.high <= 1


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1))
def test_counts_by_epci_give_what_the_readable_reference_gives(drawn):
    counts = [(min(pair), max(pair)) for pair in drawn]
    hits = [i < yes for yes, n in counts for i in range(n)]
    clusters = [at for at, (_yes, n) in enumerate(counts) for _i in range(n)]
    yes, answered = (np.array(one) for one in zip(*counts, strict=True))

    (found,) = clustered_intervals(yes[None], answered)

    expected = clustered_interval(hits, clusters)
    if expected is None:
        assert found is None
    else:
        bounds = pytest.approx((expected.low, expected.high), abs=1e-9)
        assert (found.low, found.high) == bounds


def drawn(rng, m, p, alike, sizes, *, weighted=False, samples=SAMPLES):
    """Samples of m EPCI: weights and yes by EPCI, and what they are worth."""
    n = rng.choice(sizes, (samples, m))
    here = np.arange(max(sizes)) < n[..., None]
    spread = (1 - alike) / alike
    of_epci = rng.beta(p * spread, (1 - p) * spread, (samples, m))
    said = (rng.random(here.shape) < of_epci[..., None]) & here
    w = here * (rng.choice([0.5, 1, 2, 4], here.shape) if weighted else 1.0)
    effective = w.sum((1, 2)) ** 2 / (w**2).sum((1, 2))
    return w.sum(2), (w * said).sum(2), here.sum((1, 2)), effective


def held(p, bases, yes, people, effective):
    """How many times in 100 the interval holds the share p."""
    shares = (yes.sum(1) / bases.sum(1))[:, None]
    low, high = clustered_bounds(
        shares, bases, yes[:, None], people=people, effective=effective
    )
    return 100 * float(((low <= p) & (p <= high)).mean())


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("sizes", [EQUAL, UNEQUAL])
def test_the_share_is_held_94_to_100_times_in_100_by_three_epci_or_more(
    sizes, weighted
):
    rng = np.random.default_rng(3)

    found = {
        (m, p, alike): held(p, *drawn(rng, m, p, alike, sizes, weighted=weighted))
        for m in FEW_EPCI
        for p in SHARES
        for alike in ALIKE
    }

    # 3 000 samples: a standard error of 0.4, sixty of them.
    assert min(found.values()) >= 93, found
    assert sum(found.values()) / len(found) >= 95


def test_where_one_epci_holds_half_of_the_answers_it_is_held_91_to_97_times():
    rng = np.random.default_rng(4)

    found = [
        held(p, *drawn(rng, m, p, 0.2, ONE_LARGE)) for m in (8, 12) for p in SHARES
    ]

    assert 89 <= min(found) <= max(found) <= 97


def test_weights_that_go_with_the_answer_are_held_where_kish_is_not():
    # 20 people who weigh half of all and say yes one time in two, 180 who say it
    # twice in 100: 26 in 100 of those they stand for.
    rng, p = np.random.default_rng(5), (0.5 + 0.02) / 2
    weights = np.repeat([0.5 / 20, 0.5 / 180], [20, 180])
    chances = np.repeat([0.5, 0.02], [20, 180])
    yes = weights * (rng.random((SAMPLES, 200)) < chances)
    bases = np.tile(weights, (SAMPLES, 1))
    people, effective = np.full(SAMPLES, 200), np.full(SAMPLES, 1 / (weights**2).sum())

    low, high = score_bounds(yes.sum(1)[:, None], effective)

    assert ((low <= p) & (p <= high)).mean() < 0.94
    assert held(p, bases, yes, people, effective) >= 95
