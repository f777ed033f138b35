"""People met in the field brought to the margins of the population."""

from __future__ import annotations

import pytest

from jalons.analysis.margins import Known, adjust
from jalons.analysis.weighted import design_effect, weighted_share

SEX = Known("sex", {"woman": 50, "man": 50})


def met(**counts):
    return [{"sex": sex} for sex, count in counts.items() for _n in range(count)]


def test_weights_bring_shares_to_the_population_and_tell_their_price():
    found = adjust(met(woman=8, man=2), [SEX])

    assert found.converged
    assert [0.625] * 8 + [2.5] * 2 == found.weights.round(3).tolist()
    # 10 × (8 × 0.625² + 2 × 2.5²) / 10²
    assert 1.5625 == pytest.approx(found.design_effect)
    share = weighted_share(
        [one["sex"] == "man" for one in met(woman=8, man=2)], found.weights
    )
    assert 0.5 == pytest.approx(share.share)
    assert 6.4 == pytest.approx(share.effective_n)
    assert (2, 10) == (share.count, share.n)


def test_a_band_of_ages_without_anybody_joins_its_neighbour():
    ages = Known("age", {"young": 10, "adult": 50, "old": 40}, is_ordered=True)
    people = [{"age": "adult"}] * 3 + [{"age": "old"}]

    found = adjust(people, [ages])

    assert [("young", "adult")] == [one.labels for one in found.joined]
    assert [0.8, 0.8, 0.8, 1.6] == found.weights.round(3).tolist()


def test_nobody_of_a_sex_leaves_that_margin_out_and_says_so():
    found = adjust(met(woman=4), [SEX])

    assert [("sex", ("man",))] == [(one.name, one.labels) for one in found.missing]
    assert not found.is_weighted
    assert [1, 1, 1, 1] == found.weights.tolist()
    assert 1 == found.design_effect


def test_a_single_commune_is_no_margin_and_nobody_is_missing_there():
    people = [one | {"commune": "24322"} for one in met(woman=3, man=1)]

    found = adjust(people, [Known("commune", {"24322": 100}), SEX])

    assert (("sex",), ()) == (found.used, found.missing)
    assert [0.667, 0.667, 0.667, 2.0] == found.weights.round(3).tolist()


def test_who_has_not_said_their_sex_keeps_the_weight_one():
    found = adjust([*met(woman=3, man=1), {"sex": ""}], [SEX])

    assert [0.667, 0.667, 0.667, 2.0, 1.0] == found.weights.round(3).tolist()
    assert 1 == found.raking.left_out


def test_margins_that_contradict_each_other_do_not_converge():
    people = [{"sex": "woman", "place": "a"}] * 2 + [{"sex": "man", "place": "b"}] * 2
    places = Known("place", {"a": 90, "b": 10})

    found = adjust(people, [SEX, places])

    assert not found.converged
    assert found.raking.gap > 0.1


def test_nobody_met_has_no_share():
    assert adjust([], [SEX]).design_effect is None
    assert weighted_share([], []).share is None
    assert design_effect([]) is None
