"""Medians of degrees and places in a ranking, checked by hand."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.degrees import median_degree, placing


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({0: 2, 1: 1}, 0),
        ({0: 1, 1: 1, 2: 1}, 1),
        ({0: 1, 1: 1}, 0.5),
        ({3: 4, 2: 0, 1: 0, 0: 4}, 1.5),
        ({}, None),
    ],
)
def test_the_median_cuts_the_answers_in_two_halves(counts, expected):
    assert expected == median_degree(counts)


@given(st.lists(st.integers(0, 4), min_size=1))
def test_the_median_is_that_of_the_answers_themselves(answers):
    counts = {value: answers.count(value) for value in range(5)}

    assert statistics.median(answers) == median_degree(counts)


def test_an_option_left_out_is_not_placed_last():
    found = placing([1, 0, 0, 2], k=1)

    assert (1, 2, 1.5) == (found.in_top, found.ranked, found.mean_rank)


def test_an_option_that_nobody_ranked_has_no_mean_rank():
    found = placing([0, 0], k=3)

    assert (0, 0, None) == (found.in_top, found.ranked, found.mean_rank)
