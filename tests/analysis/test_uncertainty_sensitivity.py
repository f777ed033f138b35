from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from jalons.analysis.index import Coverage, Group, Index, Indicator
from jalons.analysis.observations import Figures
from jalons.analysis.sensitivity import (
    correlations,
    leave_one_out,
    mean_ranks,
    spearman,
)
from tests.analysis.indices import TWO_AXES, figures

TABLE = """
    code | population | age | diploma | poverty
    a    | 500        | 10  | 10      | 80
    b    | 500        | 40  | 30      | 10
    c    | 500        | 60  | 50      | 20
    d    | 500        | 90  | 90      | 30
"""


def test_the_indicator_that_decides_moves_the_ranks_most_when_left_out():
    # Whole index: 4.5 d 6.0, c 3.75, a 4.5, b 2.25. Without poverty: d c b a.
    found = leave_one_out(TWO_AXES, figures(TABLE), figures(TABLE))

    first = found[0]
    assert ("poverty", 4) == (first.indicator, first.n)
    assert ("a", 2) == (first.farthest, first.greatest_shift)
    assert 1.0 == first.mean_shift
    # The most fragile third of four is two: a leaves it, c enters it.
    assert 2 == first.changed_third
    assert 0.4 == pytest.approx(first.correlation)
    assert [0.0, 0.0] == [one.mean_shift for one in found[1:]]


def test_leaving_out_the_only_indicator_of_an_axis_leaves_the_axis_out():
    text = TABLE + "    e    | 500        |     |         | 50\n"
    loose = Index("i", TWO_AXES.axes, TWO_AXES.scale, coverage=Coverage(0.5, 0))

    found = leave_one_out(loose, figures(text), figures(text))

    assert {"poverty": 4, "age": 5, "diploma": 5} == {o.indicator: o.n for o in found}


def test_an_index_of_one_indicator_cannot_do_without_it():
    index = Index("i", (Group("axis", (Indicator("age"),)),))

    assert () == leave_one_out(index, figures(TABLE), figures(TABLE))


def columns(**values: list[float]) -> Figures:
    n = len(next(iter(values.values())))
    codes = tuple(f"t{at}" for at in range(n))
    table = np.array(list(values.values()), dtype=float).T
    return Figures(codes, tuple(values), table, np.ones(n))


def test_two_indicators_that_say_the_same_are_named_and_those_that_cancel_out():
    rising = list(range(12))
    shuffled = [5, 0, 9, 2, 11, 6, 1, 8, 3, 10, 4, 7]
    some = columns(age=rising, diploma=rising[::-1], poverty=rising, other=shuffled)
    axes = (*TWO_AXES.axes, Group("more", (Indicator("other"),)))

    found = {
        (pair.one, pair.other): pair for pair in correlations(Index("i", axes), some)
    }

    assert (1.0, "twice", False) == (
        found["age", "poverty"].value,
        found["age", "poverty"].overlap,
        found["age", "poverty"].same_axis,
    )
    assert "against" == found["age", "diploma"].overlap
    assert (-1.0, None) == (
        found["diploma", "poverty"].value,
        found["diploma", "poverty"].overlap,
    )
    assert found["age", "other"].overlap is None


def test_directions_are_those_of_the_index():
    rising = list(range(12))
    some = columns(age=rising, diploma=rising[::-1])
    parts = (Indicator("age"), Indicator("diploma", raised_by="lower"))

    (pair,) = correlations(Index("i", (Group("axis", parts),)), some)

    assert (1.0, "twice") == (pair.value, pair.overlap)


def test_under_ten_territories_no_correlation_is_given():
    nine, ten = list(range(9)), list(range(10))
    index = Index("i", TWO_AXES.axes[:1])

    few = correlations(index, columns(age=nine, diploma=nine))
    enough = correlations(index, columns(age=ten, diploma=ten))

    assert [(9, None)] == [(pair.n, pair.value) for pair in few]
    assert [(10, 1.0)] == [(pair.n, pair.value) for pair in enough]


def test_a_constant_has_no_correlation():
    assert spearman(np.array([1.0, 1.0]), np.array([1.0, 2.0])) is None


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_mean_ranks_are_those_of_scipy(values):
    assert rankdata(values).tolist() == mean_ranks(np.array(values, float)).tolist()
