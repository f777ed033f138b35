"""Proposals of exchange, with scores worked out by hand."""

from __future__ import annotations

import pytest

from jalons.analysis.pairing import Other, best, is_advanced

MINE = frozenset({"stake:security", "theme:inclusion"})


def scores(*others: Other, mine: frozenset[str] | None = MINE) -> dict[str, float]:
    return {one.code: round(one.score, 4) for one in best(mine, others)}


def test_the_score_is_the_mean_of_three_closenesses_weighted_2_2_1():
    # Resemblance 1/(1+1) = 0.5; stakes 1 of 3 named; nearness 1/(1+1) = 0.5:
    # (2 × 0.5 + 2 × 1/3 + 1 × 0.5) / 5 = 0.4333.
    theirs = frozenset({"theme:inclusion", "theme:education"})
    (found,) = best(MINE, [Other("a", apart=1.0, km=100.0, stakes=theirs)])

    assert 0.4333 == round(found.score, 4)
    assert (0.5, 0.5) == (found.resemblance, found.nearness)
    assert 0.3333 == round(found.stakes, 4)
    assert ("theme:inclusion",) == found.shared


def test_what_is_not_known_counts_neither_for_nor_against():
    found = scores(
        # (2 × 0.5 + 1 × 1) / 3
        Other("no stakes", apart=1.0, km=0.0, stakes=None),
        # (2 × 1 + 1 × 0.5) / 3
        Other("no figures", apart=None, km=100.0, stakes=MINE),
        # (2 × 0.5 + 2 × 0) / 4
        Other("no place", apart=1.0, km=None, stakes=frozenset({"x"})),
        # Distance alone is a fifth of the weights.
        Other("only near", apart=None, km=0.0, stakes=None),
    )

    assert {"no figures": 0.8333, "no stakes": 0.6667, "no place": 0.25} == found


@pytest.mark.parametrize("mine", [None, frozenset()])
def test_a_territory_that_named_no_stake_shares_none_and_is_not_blamed(mine):
    found = best(mine, [Other("a", apart=0.0, km=0.0, stakes=MINE)])

    assert (1.0, None, ()) == (found[0].score, found[0].stakes, found[0].shared)


def test_the_best_come_first_equal_ones_by_code_and_only_so_many():
    twin = {"apart": 1.0, "km": 100.0, "stakes": MINE}
    others = [Other(code, **twin) for code in "fbdace"]
    nearer = Other("z", apart=1.0, km=0.0, stakes=MINE)

    found = [one.code for one in best(MINE, [*others, nearer])]

    assert ["z", "a", "b", "c", "d"] == found
    assert () == best(MINE, [])


@pytest.mark.parametrize(
    ("levels", "expected"),
    [(4, [False, False, True, True]), (3, [False, False, True]), (2, [False, True])],
)
def test_the_upper_half_of_the_levels_is_advanced(levels, expected):
    assert expected == [is_advanced(one, levels) for one in range(levels)]
