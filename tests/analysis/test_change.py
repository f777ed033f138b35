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

    found = change(before, after, seed=1)

    assert (found.n, found.up, found.same, found.down) == (3, 1, 1, 1)
    assert (found.only_before, found.only_after) == (1, 1)
    assert (found.mean, found.median) == (1.0, 0.0)
    # (10 + 12 + 7.5) / 3 and (14 + 11 + 7.5) / 3: those of both waves only.
    assert isclose(found.mean_before, 29.5 / 3)
    assert isclose(found.mean_after, 32.5 / 3)


def test_nothing_in_common_gives_no_number():
    found = change({"a": 3}, {"b": 4}, seed=1)

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


def test_an_interval_needs_five_territories():
    four = dict.fromkeys("abcd", 0.0)
    five = four | {"e": 0.0}

    assert change(four, dict.fromkeys(four, 2.0), seed=1).interval is None
    assert change(five, dict.fromkeys(five, 2.0), seed=1).interval.low == 2.0


def test_the_interval_is_close_to_the_normal_one_when_territories_are_many():
    rng = np.random.default_rng(3)
    moves = rng.normal(1, 4, 400)
    before = {str(i): 0.0 for i in range(400)}
    after = {str(i): float(move) for i, move in enumerate(moves)}

    found = change(before, after, seed=1).interval

    half = 1.96 * moves.std(ddof=1) / 20
    assert abs(found.low - (moves.mean() - half)) < 0.05
    assert abs(found.high - (moves.mean() + half)) < 0.05


def test_when_every_territory_answered_nothing_is_left_to_chance():
    before = {str(i): 0.0 for i in range(6)}
    after = {str(i): float(i) for i in range(6)}

    found = change(before, after, seed=1, population=6)

    assert (found.interval.low, found.interval.high) == (2.5, 2.5)
