"""The peers of all territories at once are those that each would be given alone."""

from __future__ import annotations

import numpy as np
import pytest

from jalons.analysis.alike import NEAREST, peers_of_all
from jalons.analysis.observations import Figures
from jalons.analysis.peers import Criterion, nearest

CRITERIA = [Criterion("a"), Criterion("b", "log"), Criterion("c", weight=2)]
MANY = 700


def figures_of(values):
    codes = tuple(f"{at * 7919 % 10007:05d}" for at in range(len(values)))
    return Figures(codes, ("a", "b", "c"), values, np.ones(len(values)))


def alone(figures, code):
    found = nearest(figures, code, CRITERIA)
    return [(one.code, pytest.approx(one.distance, abs=1e-12)) for one in found]


@pytest.mark.parametrize("n", [3, NEAREST + 1, MANY])
def test_peers_are_those_that_each_would_be_given_alone(n):
    values = np.random.default_rng(4).lognormal(size=(n, 3))
    found = peers_of_all(figures := figures_of(values), CRITERIA)

    for at in range(0, n, max(1, n // 40)):
        assert alone(figures, figures.codes[at]) == found.of(at)


def test_what_is_unknown_is_left_out_of_the_distance_as_it_is_alone():
    drawn = np.random.default_rng(5)
    values = drawn.lognormal(size=(MANY, 3))
    values[drawn.random(MANY) < 0.3, 0] = np.nan
    values[drawn.random(MANY) < 0.1, 2] = np.nan
    found = peers_of_all(figures := figures_of(values), CRITERIA)

    for at in range(0, MANY, 13):
        assert alone(figures, figures.codes[at]) == found.of(at)
    # Two thirds of the weight unknown: nobody can be placed beside it.
    assert [] == found.of(int(np.flatnonzero(np.isnan(values[:, 2]))[0]))


def test_ties_are_broken_by_code_however_many_they_are():
    values = np.ones((MANY, 3))
    values[:20] = 2
    found = peers_of_all(figures := figures_of(values), CRITERIA)

    for at in (0, 19, 20, MANY - 1):
        assert alone(figures, figures.codes[at]) == found.of(at)
