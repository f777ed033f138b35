from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.agreement import agreement


def coded(both, first_only, second_only, neither):
    first = [True] * (both + first_only) + [False] * (second_only + neither)
    second = [True] * both + [False] * first_only + [True] * second_only
    return first, [*second, *[False] * neither]


@pytest.mark.parametrize(
    ("counts", "share", "kappa", "strength"),
    [
        # Expected agreement (25×30 + 25×20)/50² = 0.5; (0.7 − 0.5)/0.5.
        ((20, 5, 10, 15), 0.70, 0.40, "fair"),
        # Same 60 %, unlike margins: expected (60×70 + 40×30)/100² = 0.54.
        ((45, 15, 25, 15), 0.60, 0.1304, "slight"),
        # Expected (60×30 + 40×70)/100² = 0.46.
        ((25, 35, 5, 35), 0.60, 0.2593, "fair"),
        ((10, 0, 0, 10), 1.0, 1.0, "almost_perfect"),
        ((0, 10, 10, 0), 0.0, -1.0, "poor"),
    ],
)
def test_kappa_takes_chance_out_of_the_agreement(counts, share, kappa, strength):
    found = agreement(*coded(*counts))

    assert share == pytest.approx(found.share)
    assert kappa == pytest.approx(found.kappa, abs=1e-4)
    assert strength == found.strength


@pytest.mark.parametrize("counts", [(8, 0, 0, 0), (0, 0, 0, 8)])
def test_a_code_given_always_or_never_has_no_kappa(counts):
    found = agreement(*coded(*counts))

    assert 1.0 == found.share
    assert found.kappa is None
    assert found.strength is None


def test_without_answers_nothing_is_computed():
    found = agreement([], [])

    assert found.share is None
    assert found.kappa is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_the_order_of_the_coders_does_not_matter(pairs):
    first, second = map(list, zip(*pairs, strict=True))

    assert agreement(first, second).kappa == agreement(second, first).kappa
