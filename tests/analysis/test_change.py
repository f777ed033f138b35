from __future__ import annotations

from math import isclose

import numpy as np
import pytest

from jalons.analysis.change import change, sign_test
from tests.analysis.tables import table


def waves(text):
    rows = table(text)
    before = {r["code"]: float(r["before"]) for r in rows if "before" in r}
    after = {r["code"]: float(r["after"]) for r in rows if "after" in r}
    return before, after


def test_only_territories_of_both_waves_are_compared():
    before, after = waves("""
        code | before | after
        a    | 10     | 14
        b    | 12     | 11
        c    | 7.5    | 7.5
        d    | 3      |
        e    |        | 20
    """)

    found = change(before, after)

    assert (found.n, found.up, found.same, found.down) == (3, 1, 1, 1)
    assert (found.only_before, found.only_after) == (1, 1)
    assert (found.mean, found.median) == (1.0, 0.0)
    # (10 + 12 + 7.5) / 3 and (14 + 11 + 7.5) / 3: those of both waves only.
    assert isclose(found.mean_before, 29.5 / 3)
    assert isclose(found.mean_after, 32.5 / 3)


def test_nothing_in_common_gives_no_number():
    found = change({"a": 3}, {"b": 4})

    assert (found.n, found.mean, found.median) == (0, None, None)
    assert (found.interval, found.p) == (None, None)


@pytest.mark.parametrize(
    ("up", "down", "expected"),
    [
        (5, 0, 2 / 32),
        (0, 5, 2 / 32),
        # (C(8,0) + C(8,1)) × 2 / 2⁸ = 18/256
        (7, 1, 18 / 256),
        (3, 3, 1.0),
    ],
)
def test_the_sign_test_counts_every_way_of_falling(up, down, expected):
    assert isclose(sign_test(up, down), expected)


def moved(*moves):
    """The change of territories that moved so, from zero."""
    names = [str(rank) for rank in range(len(moves))]
    return dict.fromkeys(names, 0.0), dict(zip(names, moves, strict=True))


def test_an_interval_needs_five_territories():
    assert change(*moved(0, 1, 2, 3)).interval is None
    assert change(*moved(0, 1, 2, 3, 4)).interval is not None


def test_the_interval_is_students():
    found = change(*moved(-1, 0, 1, 2, 3)).interval

    # Mean 1, s² = 10/4, s/√5 = 0.7071; t(0.975; 4) = 2.7764: 1 ± 1.9633.
    assert isclose(found.low, -0.9633, abs_tol=1e-4)
    assert isclose(found.high, 2.9633, abs_tol=1e-4)


def test_half_of_a_finite_population_known_divides_the_interval_by_root_two():
    found = change(*moved(-1, 0, 1, 2, 3), population=10).interval

    # 1.9633 × √(1 − 5/10) = 1.3883
    assert isclose(found.low, 1 - 1.3883, abs_tol=1e-4)
    assert isclose(found.high, 1 + 1.3883, abs_tol=1e-4)


def test_when_every_territory_answered_nothing_is_left_to_chance():
    found = change(*moved(0, 1, 2, 3, 4, 5), population=6)

    assert (found.interval.low, found.interval.high) == (2.5, 2.5)


@pytest.mark.parametrize(
    ("n", "p", "is_sure"), [(5, 0.0625, False), (6, 0.03125, True)]
)
def test_territories_that_all_moved_alike_have_no_interval(n, p, is_sure):
    found = change(*moved(*[1.0] * n))

    assert found.alike
    assert found.interval is None
    assert isclose(found.p, p)
    assert found.is_surely_one_way is is_sure


def test_decimals_that_round_otherwise_are_alike_all_the_same():
    pairs = [(1.3, 2.3), (0.2, 1.2), (0.7, 1.7), (4.1, 5.1), (2.6, 3.6)]
    before = {str(rank): one for rank, (one, _other) in enumerate(pairs)}
    after = {str(rank): other for rank, (_one, other) in enumerate(pairs)}

    assert change(before, after).interval is None


def covered(draws, truth, population=None):
    """How often the interval of the drawn moves holds the truth."""
    found = [change(*moved(*one), population=population).interval for one in draws]
    held = [one is not None and one.low <= truth <= one.high for one in found]
    return sum(held) / len(held)


@pytest.mark.parametrize("n", [5, 8, 20])
def test_an_interval_said_of_95_in_100_holds_the_truth_95_times(n):
    draws = np.random.default_rng(128).normal(1, 4, (1500, n))

    # 1500 draws: a standard error of 0.6 point. Percentiles of resamplings: 85 to 92.
    assert abs(covered(draws, 1) - 0.95) < 0.015


@pytest.mark.parametrize("n", [5, 20])
def test_it_holds_skewed_moves_less_often(n):
    # Whole points, many nothing and few far: 0.39 nobody, mean 1 / (√e - 1).
    draws = np.floor(np.random.default_rng(128).exponential(2, (1500, n)))

    assert 0.87 < covered(draws, 1 / (np.exp(0.5) - 1)) < 0.94


def test_and_of_a_finite_population_too():
    rng = np.random.default_rng(128)
    whole = rng.normal(1, 4, 30)
    draws = [rng.choice(whole, 12, replace=False) for _ in range(1500)]

    assert abs(covered(draws, whole.mean(), 30) - 0.95) < 0.02
