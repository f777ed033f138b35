from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.intervals import cluster_bootstrap, cluster_intervals, wilson
from tests.analysis.tables import table


def test_wilson_agrees_with_the_published_values():
    # R. G. Newcombe, 1998, Statistics in Medicine 17, 857-872, table I, method 3.
    rows = table("""
        k  | n   | low    | high
        81 | 263 | 0.2553 | 0.3662
        15 | 148 | 0.0624 | 0.1605
        0  | 20  | 0.0000 | 0.1611
        1  | 29  | 0.0061 | 0.1718
    """)

    for row in rows:
        found = wilson(int(row["k"]), int(row["n"]))
        expected = (float(row["low"]), float(row["high"]))
        assert (round(found.low, 4), round(found.high, 4)) == expected, row


def test_a_census_has_no_width_and_nobody_is_not_zero():
    assert wilson(2, 8, population=8).low == wilson(2, 8, population=8).high == 0.25
    assert wilson(0, 0) is None


def test_the_finite_population_interval_is_that_of_a_larger_sample():
    # 50 of 154: effective size 50 × 153/104 = 73.557…
    found = wilson(20, 50, population=154)

    z2, size, p = 1.959964**2, 50 * 153 / 104, 0.4
    middle = (p + z2 / (2 * size)) / (1 + z2 / size)
    assert (found.low + found.high) / 2 == pytest.approx(middle, abs=1e-6)
    assert found.high - found.low == pytest.approx(0.2185, abs=1e-4)


@pytest.mark.parametrize(
    ("k", "n", "population"), [(3, 2, None), (-1, 2, None), (1, 5, 4)]
)
def test_impossible_counts_are_refused(k, n, population):
    with pytest.raises(ValueError, match=r"is not a share|out of a population"):
        wilson(k, n, population)


@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 300))
def test_wilson_stays_between_0_and_1_and_holds_the_share(k, n, more):
    k = min(k, n)

    infinite, finite = wilson(k, n), wilson(k, n, population=n + more)

    assert 0 <= infinite.low <= finite.low + 1e-12
    assert finite.low - 1e-12 <= k / n <= finite.high + 1e-12
    assert finite.high <= infinite.high + 1e-12 <= 1 + 1e-12


def test_several_respondents_of_one_epci_widen_the_interval():
    hits = [True] * 20 + [False] * 20
    alone = [f"epci{i}" for i in range(40)]
    by_ten = [f"epci{i // 10}" for i in range(40)]

    one_each = cluster_bootstrap(hits, alone, seed=1)
    clustered = cluster_bootstrap(hits, by_ten, seed=1)

    assert clustered.high - clustered.low > 2 * (one_each.high - one_each.low)


def test_the_bootstrap_of_single_answers_is_close_to_wilson():
    hits = [i % 3 == 0 for i in range(90)]

    found = cluster_bootstrap(hits, [str(i) for i in range(90)], seed=7, draws=4_000)

    assert found.low == pytest.approx(wilson(30, 90).low, abs=0.015)
    assert found.high == pytest.approx(wilson(30, 90).high, abs=0.015)


def test_the_bootstrap_repeats_itself_for_a_seed_and_only_for_it():
    yes_of_seven = [1, 7, 2, 5, 0, 3, 6, 1]
    hits = [i < yes for yes in yes_of_seven for i in range(7)]
    names = [f"epci{i // 7}" for i in range(56)]

    first, again, other = (cluster_bootstrap(hits, names, seed=s) for s in (1, 1, 2))

    assert first == again
    assert first != other


def test_answers_all_alike_do_not_look_certain():
    found = cluster_bootstrap([True] * 12, ["a", "b", "c"] * 4, seed=1)

    assert found == wilson(3, 3)


def test_territories_alike_by_chance_do_not_look_certain():
    # Each territory answered half yes, half no: drawing them again changes nothing.
    found = cluster_bootstrap([True, False] * 6, list("aabbccddeeff"), seed=1)

    assert found == wilson(6, 12)


def test_the_bootstrap_of_every_territory_has_no_width():
    found = cluster_bootstrap(
        [True, False, True], ["a", "b", "b"], seed=1, population=2
    )

    assert found.low == pytest.approx(2 / 3)
    assert found.high == pytest.approx(2 / 3)


def test_nobody_answered_has_no_interval():
    assert cluster_bootstrap([], [], seed=1) is None


def test_shares_of_one_base_are_the_same_together_and_one_at_a_time():
    # Three territories, the second without an answer: it takes no part in the draws.
    answered = np.array([6, 0, 4])
    chosen = np.array([[6, 0, 0], [3, 0, 2], [6, 0, 4], [0, 0, 0]])
    clusters = ["a"] * 6 + ["c"] * 4

    together = cluster_intervals(chosen, answered, seed=3)

    for counts, found in zip(chosen.tolist(), together, strict=True):
        hits = [at < counts[0] for at in range(6)]
        hits += [at < counts[2] for at in range(4)]
        assert found == cluster_bootstrap(hits, clusters, seed=3)


def test_the_draws_are_those_of_the_method_written_for_statisticians():
    """Recomputed without the code of the core: NumPy's generator, plain loops."""
    rng = np.random.default_rng(2022)
    draws = rng.multinomial(3, [1 / 3] * 3, 2_000).tolist()
    yes, all_of = [5, 1, 4], [8, 9, 4]
    shares = sorted(
        sum(n * k for n, k in zip(times, yes, strict=True))
        / sum(n * k for n, k in zip(times, all_of, strict=True))
        for times in draws
    )

    (found,) = cluster_intervals(np.array([yes]), np.array(all_of), seed=2022)

    low, high = (_between(shares, tail * 1_999) for tail in (0.025, 0.975))
    floor = wilson(10, 21)
    assert low < floor.low
    assert high > floor.high
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def _between(ordered, rank):
    at = int(rank)
    return ordered[at] + (rank - at) * (ordered[at + 1] - ordered[at])
