"""A yes or no asked twice: published limits, an exact test worked by hand, refusals."""

from __future__ import annotations

from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jalons.analysis.before_after import Verdict
from jalons.analysis.paired_shares import from_cells, paired_shares
from tests.analysis.tables import table

# Newcombe (1998), Statistics in Medicine 17, table III, method 10.
PUBLISHED = table("""
    yes_twice | gained | lost | no_twice | low    | high
    36        | 12     | 2    | 0        | 0.0569 | 0.3404
    20        | 12     | 2    | 16       | 0.0562 | 0.3292
    18        | 12     | 2    | 18       | 0.0562 | 0.3290
    36        | 14     | 0    | 0        | 0.1528 | 0.4167
    35        | 14     | 0    | 1        | 0.1461 | 0.4175
    18        | 14     | 0    | 18       | 0.1441 | 0.3963
    2         | 97     | 1    | 0        | 0.8721 | 0.9854
""")
CELLS = ("yes_twice", "gained", "lost", "no_twice")


@pytest.mark.parametrize("row", PUBLISHED)
def test_the_interval_is_the_one_that_newcombe_published(row):
    found = from_cells(**{one: int(row[one]) for one in CELLS}).found

    assert isclose(found.interval.low, float(row["low"]), abs_tol=5e-5)
    assert isclose(found.interval.high, float(row["high"]), abs_tol=5e-5)


def test_who_changed_says_which_way_and_the_others_are_counted():
    before = dict.fromkeys("abcdef", False) | dict.fromkeys("gh", True)
    after = dict.fromkeys("abcdefgz", True)

    found = paired_shares(before, after)

    assert (1, 6, 0, 0) == tuple(getattr(found, one) for one in CELLS)
    # Six went from no to yes and none back: a coin tossed six times, both ways.
    assert 2 / 2**6 == found.p
    assert (7, 7, 2) == (found.found.n_before, found.found.n_after, found.found.alone)
    assert isclose(found.found.difference, 6 / 7)
    assert Verdict.HIGHER is found.found.verdict


def test_a_direction_is_told_only_when_the_test_and_the_interval_see_it():
    # Seven up and one down of 21: the interval leaves zero out, the exact test does
    # not: 2 × (1 + 8) ÷ 2⁸ = 0.0703.
    found = from_cells(yes_twice=1, gained=7, lost=1, no_twice=12)

    assert isclose(found.p, 18 / 256)
    assert found.found.interval.low > 0
    assert Verdict.CANNOT_TELL is found.found.verdict


def test_a_fall_is_told_and_nobody_who_changed_says_nothing():
    fell = from_cells(yes_twice=3, gained=0, lost=9, no_twice=5)
    same = from_cells(yes_twice=20, gained=0, lost=0, no_twice=20)

    assert Verdict.LOWER is fell.found.verdict
    assert (None, Verdict.CANNOT_TELL) == (same.p, same.found.verdict)


def test_under_five_people_nothing_is_concluded():
    few = from_cells(yes_twice=0, gained=4, lost=0, no_twice=0).found
    none = paired_shares({"a": True}, {"b": True}).found

    assert (Verdict.TOO_FEW, None, None) == (few.verdict, few.interval, few.effect)
    assert (0, 2, None) == (none.n_after, none.alone, none.difference)


COUNTS = st.integers(0, 30)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_before_and_after_swapped_say_the_opposite(yes, gained, lost, no):
    one = from_cells(yes_twice=yes, gained=gained, lost=lost, no_twice=no)
    other = from_cells(yes_twice=yes, gained=lost, lost=gained, no_twice=no)

    assert one.p == other.p
    if one.found.interval:
        assert isclose(one.found.interval.low, -other.found.interval.high, abs_tol=1e-9)
        assert one.found.interval.low <= one.found.difference + 1e-12
        assert one.found.difference <= one.found.interval.high + 1e-12


@given(COUNTS, COUNTS)
def test_the_probability_is_that_of_the_exact_binomial_test(gained, lost):
    found = from_cells(yes_twice=1, gained=gained, lost=lost, no_twice=1)

    if gained + lost:
        expected = stats.binomtest(gained, gained + lost).pvalue
        assert isclose(found.p, expected, rel_tol=1e-9)
        assert comb(gained + lost, gained) / 2 ** (gained + lost) <= found.p + 1e-12
