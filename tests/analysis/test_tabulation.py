from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jalons.analysis.clustered import clustered_interval
from jalons.analysis.independence import independence_of
from jalons.analysis.intervals import wilson
from jalons.analysis.tabulation import Axis, axis, plain_counts, tabulate


def one_of(labels, said):
    places = [labels.index(one) if one in labels else -1 for one in said]
    return axis(labels, np.array(places))


def several(labels, said):
    masks = np.array([[label in one for one in said] for label in labels])
    return Axis(tuple(labels), masks, np.array([bool(one) for one in said]), True)


def crossed(rows, columns, **changes):
    size = len(rows.answered)
    given = {"kept": np.ones(size, bool), "clusters": np.arange(size)}
    return tabulate(rows, columns, **{**given, **changes})


ROWS = one_of(["f", "m"], "ffffmmmm")
YES = one_of(["yes", "no"], ["yes", "yes", "no", "?", "no", "no", "no", "yes"])


def test_counts_bases_and_shares_are_those_of_a_hand():
    found = crossed(ROWS, YES)

    assert [[2, 1], [1, 3]] == found.counts.tolist()
    assert [3, 4] == found.bases.tolist()
    assert [2 / 3, 1 / 4] == pytest.approx(found.shares[:, 0].tolist())
    assert (7, 1) == (found.n, found.left_out)


def test_answers_that_stand_alone_have_wilsons_interval():
    found = crossed(ROWS, YES)

    expected = wilson(2, 3)
    assert (expected.low, expected.high) == pytest.approx(
        (found.low[0, 0], found.high[0, 0])
    )
    assert not found.is_clustered


def test_answers_of_one_territory_are_left_out_together():
    everybody = one_of(["all"], ["all"] * 12)
    said = one_of(["yes", "no"], ["yes"] * 5 + ["no"] * 7)
    clusters = np.array([0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4])

    found = crossed(everybody, said, clusters=clusters)

    expected = clustered_interval([True] * 5 + [False] * 7, clusters.tolist())
    assert found.is_clustered
    assert (expected.low, expected.high) == pytest.approx(
        (found.low[0, 0], found.high[0, 0])
    )


def test_territories_that_all_say_the_same_stand_for_their_answers():
    # Twelve answers, all yes in both rows, from three territories and from two.
    rows = one_of(["a", "b"], "a" * 7 + "b" * 5)
    said = one_of(["yes", "no"], ["yes"] * 12)
    clusters = np.array([0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3])

    found = crossed(rows, said, clusters=clusters)

    assert [wilson(3, 3).low, wilson(2, 2).low] == pytest.approx(found.low[:, 0])
    assert [wilson(0, 3).high, wilson(0, 2).high] == pytest.approx(found.high[:, 1])


@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0.2, 5)), min_size=1, max_size=12)
)
@example([(0, 1.0), (0, 2.0)])
def test_weights_never_narrow_a_share_that_everybody_gave(drawn):
    clusters, weights = zip(*drawn, strict=True)
    everybody = one_of(["all"], ["all"] * len(drawn))
    said = one_of(["yes", "no"], ["yes"] * len(drawn))

    found = crossed(
        everybody, said, clusters=np.array(clusters), weights=np.array(weights)
    )

    places = len(set(clusters))
    assert [1, 0] == found.shares[0].tolist()
    if places == 1 < len(drawn):
        # One EPCI alone says nothing of the others: no interval.
        assert np.isnan([found.low, found.high]).all()
        return
    assert found.low[0, 0] <= wilson(places, places).low + 1e-9
    assert found.high[0, 1] >= wilson(0, places).high - 1e-9


def test_boxes_to_tick_are_shares_of_those_who_answered():
    boxes = several(["a", "b"], ["ab", "a", "", "b"])

    found = crossed(one_of(["all"], ["all"] * 4), boxes)

    assert [[2, 2]] == found.counts.tolist()
    assert [3] == found.bases.tolist()
    assert 2 == len(found.tests)


def test_weights_change_shares_and_not_counts():
    weights = np.array([3.0, 1, 1, 1, 1, 1, 1, 1])

    found = crossed(ROWS, YES, weights=weights)

    assert [[2, 1], [1, 3]] == found.counts.tolist()
    # (3 + 1) / (3 + 1 + 1), and (5)² / (9 + 1 + 1) respondents as good as 3.
    assert 4 / 5 == pytest.approx(found.shares[0, 0])
    assert 25 / 11 == pytest.approx(found.effective[0])


def test_a_weight_of_zero_takes_a_respondent_out_of_the_base():
    found = crossed(ROWS, YES, weights=np.array([0.0, 1, 1, 1, 1, 1, 1, 1]))

    assert [2, 4] == found.bases.tolist()
    assert 2 == found.left_out


def test_equal_weights_change_nothing():
    rows = one_of(["f", "m"], "fm" * 60)
    said = one_of(["yes", "no"], (["yes"] * 3 + ["no"]) * 30)

    plain = crossed(rows, said)
    weighted = crossed(rows, said, weights=np.ones(120))

    assert np.allclose(plain.shares, weighted.shares)
    assert np.allclose(plain.low, weighted.low)
    # Each of 120 people brings what varies: 119/120 of χ².
    assert 40 == pytest.approx(plain.tests[0].statistic)
    assert 40 * 119 / 120 == pytest.approx(weighted.tests[0].statistic)


def test_the_test_is_that_of_the_table():
    assert independence_of([[2, 1], [1, 3]]) == crossed(ROWS, YES).tests[0]


def test_rows_that_overlap_are_not_tested():
    found = crossed(several(["a", "b"], ["ab", "a", "b", "a"]), one_of(["y"], "yyyy"))

    assert () == found.tests


def test_an_empty_row_has_no_share():
    found = crossed(one_of(["f", "m"], "ff"), one_of(["y"], "yy"))

    assert np.isnan(found.shares[1, 0])
    assert np.isnan(found.low[1, 0])
    assert 0 == found.bases[1]


@given(
    st.lists(
        st.tuples(
            st.frozensets(st.sampled_from("ab"), min_size=1),
            st.frozensets(st.sampled_from("xy"), min_size=1),
            st.floats(0.5, 2),
        ),
        min_size=1,
    )
)
def test_counts_are_those_of_the_plain_reference(said):
    rows, columns, weights = zip(*said, strict=True)

    found = crossed(
        several("ab", rows), several("xy", columns), weights=np.array(weights)
    )

    expected = plain_counts(rows, columns, weights)
    for i, row in enumerate("ab"):
        for j, column in enumerate("xy"):
            count, weight = expected.get((row, column), (0, 0.0))
            assert count == found.counts[i, j]
            if found.bases[i]:
                base = sum(w for r, w in zip(rows, weights, strict=True) if row in r)
                assert found.shares[i, j] == pytest.approx(weight / base)
