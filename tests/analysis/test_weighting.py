from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jalons.analysis.weighting import Margin, Problem, effective_size, rake, rake_plain


def margin(name, labels, said, targets):
    places = [labels.index(one) if one in labels else -1 for one in said]
    return Margin(name, tuple(labels), np.array(places), tuple(targets))


def test_one_margin_is_the_known_share_over_the_share_found():
    # 3 women and 1 man for a half of each: 0.5 / 0.75 and 0.5 / 0.25.
    found = rake([margin("sex", ["f", "m"], "fffm", [0.5, 0.5])])

    assert [2 / 3, 2 / 3, 2 / 3, 2] == pytest.approx(found.weights.tolist())
    assert found.converged
    # (2 + 2)² / (3 × 4/9 + 4) = 16 / 5.333
    assert 3.0 == pytest.approx(found.effective_n)


def test_two_margins_of_a_balanced_table_multiply():
    # One respondent in each of four cells: the weights are 4 × share × share.
    sex = margin("sex", ["f", "m"], "ffmm", [0.6, 0.4])
    age = margin("age", ["y", "o"], "yoyo", [0.7, 0.3])

    found = rake([sex, age])

    assert [1.68, 0.72, 1.12, 0.48] == pytest.approx(found.weights.tolist())


def test_margins_are_reached_from_the_weights_of_a_design():
    # Women weigh 1 + 3 and men 2, for a half of each: ½ ÷ 4/6 = ¾ and ½ ÷ 2/6 = 3/2.
    # The weights ¾, 9/4 and 3 are then brought to a mean of 1: divided by 2.
    sex = margin("sex", ["f", "m"], "ffm", [0.5, 0.5])

    found = rake([sex], start=np.array([1.0, 3.0, 2.0]))

    assert [0.375, 1.125, 1.5] == pytest.approx(found.weights.tolist())
    # (3)² / (0.1406 + 1.2656 + 2.25)
    assert pytest.approx(9 / 3.65625) == found.effective_n


def test_two_margins_keep_the_odds_of_the_design():
    # One respondent a cell, of weights 1 2 / 3 4, for margins of a half each. Raking
    # keeps the odds ratio 1 × 4 / (2 × 3) = 2/3: with x on the diagonal and ½ − x
    # beside it, (x / (½ − x))² = 2/3, so that x = ½ √⅔ / (1 + √⅔).
    sex = margin("sex", ["f", "m"], "ffmm", [0.5, 0.5])
    age = margin("age", ["y", "o"], "yoyo", [0.5, 0.5])
    root = (2 / 3) ** 0.5
    x = 0.5 * root / (1 + root)

    found = rake([sex, age], start=np.array([1.0, 2.0, 3.0, 4.0]))
    grossed = rake([sex, age], start=np.array([150.0, 300, 450, 600]))

    expected = [4 * x, 2 - 4 * x, 2 - 4 * x, 4 * x]
    assert expected == pytest.approx(found.weights.tolist(), abs=1e-5)
    assert expected == pytest.approx(grossed.weights.tolist(), abs=1e-5)


def test_whoever_starts_without_a_weight_is_left_out():
    sex = margin("sex", ["f", "m"], "ffmm", [0.5, 0.5])

    found = rake([sex], start=np.array([2.0, np.nan, 1.0, 0.0]))

    assert 2 == found.left_out
    assert [1.0, 0.0, 1.0, 0.0] == pytest.approx(found.weights.tolist())


def test_a_respondent_without_a_known_category_is_left_out_and_counted():
    found = rake([margin("sex", ["f", "m"], "ff?m", [0.5, 0.5])])

    assert 1 == found.left_out
    assert [0.75, 0.75, 0.0, 1.5] == pytest.approx(found.weights.tolist())


@pytest.mark.parametrize(
    ("said", "targets", "expected"),
    [
        ("fff", [0.5, 0.5], Problem("nobody", "sex", "m", 0.5)),
        ("ffm", [1.0, 0.0], Problem("unexpected", "sex", "m", 1)),
        ("ffm", [0.5, 0.4], Problem("sum", "sex", value=0.9)),
        ("ffm", [1.2, -0.2], Problem("negative", "sex", "m", -0.2)),
        ("???", [0.5, 0.5], Problem("empty", "sex")),
    ],
)
def test_margins_that_cannot_be_reached_are_told(said, targets, expected):
    found = rake([margin("sex", ["f", "m"], said, targets)])

    assert expected in found.problems
    assert not found.is_possible
    assert not found.weights.any()


def test_margins_that_contradict_each_other_do_not_settle_and_the_gap_is_told():
    # Every woman is young and every man is old: 50 % of women cannot be 90 % of young.
    sex = margin("sex", ["f", "m"], "fmfm", [0.5, 0.5])
    age = margin("age", ["y", "o"], "yoyo", [0.9, 0.1])

    found = rake([sex, age])

    assert found.is_possible
    assert not found.converged
    assert 0.4 == pytest.approx(found.gap)


def test_trimming_keeps_weights_within_bounds_and_tells_how_many():
    said = "f" * 99 + "m"
    usual = rake([margin("sex", ["f", "m"], said, [0.5, 0.5])])
    found = rake([margin("sex", ["f", "m"], said, [0.5, 0.5])], is_trimmed=True)

    assert 50 == pytest.approx(usual.weights.max())
    assert 5 == pytest.approx(found.weights.max())
    assert 1 == found.trimmed
    assert found.gap > 0.4
    assert found.effective_n > usual.effective_n


def test_margins_rounded_by_hand_are_accepted():
    found = rake([margin("sex", ["f", "m"], "fm", [0.333, 0.665])])

    assert found.is_possible
    assert 2 == pytest.approx(found.weights.sum())


@pytest.mark.parametrize(
    ("weights", "expected"), [([1, 1, 1, 1], 4), ([3, 1], 1.6), ([0, 0], 0)]
)
def test_the_effective_size_is_that_of_equal_weights(weights, expected):
    assert expected == pytest.approx(effective_size(np.array(weights, dtype=float)))


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from([0.5, 1, 4])
        ),
        min_size=6,
    ),
    st.floats(0.1, 0.9),
)
def test_the_quick_way_finds_what_the_plain_one_finds(said, share):
    first, second, start = zip(*said, strict=True)
    assume(len(set(zip(first, second, strict=True))) == 6)
    targets = [{"a": share, "b": 1 - share}, {"x": 0.5, "y": 0.3, "z": 0.2}]

    found = rake(
        [
            margin("first", list("ab"), first, targets[0].values()),
            margin("second", list("xyz"), second, targets[1].values()),
        ],
        start=np.array(start, dtype=float),
    )

    assert found.converged
    plain = rake_plain([first, second], targets, 200, start)
    assert plain == pytest.approx(found.weights.tolist(), rel=1e-3)
