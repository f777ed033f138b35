"""Before and after: published examples, the reference implementation, properties."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jalons.analysis.before_after import Verdict, paired, unpaired, unpaired_shares
from tests.analysis.tables import table

# Hours of sleep gained by ten people with two drugs: "Student" (1908), Biometrika 6.
SLEEP = table("""
    who | first | second
    1   | 0.7   | 1.9
    2   | -1.6  | 0.8
    3   | -0.2  | 1.1
    4   | -1.2  | 0.1
    5   | -0.1  | -0.1
    6   | 3.4   | 4.4
    7   | 3.7   | 5.5
    8   | 0.8   | 1.6
    9   | 0.0   | 4.6
    10  | 2.0   | 3.4
""")
FIRST = {row["who"]: float(row["first"]) for row in SLEEP}
SECOND = {row["who"]: float(row["second"]) for row in SLEEP}


def test_the_same_people_twice_as_student_published_them():
    found = paired(FIRST, SECOND)

    assert (10, 10, 0) == (found.n_before, found.n_after, found.alone)
    assert isclose(found.difference, 1.58)
    # The interval printed by every handbook for these data.
    assert isclose(found.interval.low, 0.7001142, abs_tol=1e-6)
    assert isclose(found.interval.high, 2.4598858, abs_tol=1e-6)
    assert Verdict.HIGHER is found.verdict


def test_the_same_numbers_of_different_people_do_not_let_one_conclude():
    found = unpaired(list(FIRST.values()), list(SECOND.values()))

    assert isclose(found.interval.low, -0.2054832, abs_tol=1e-6)
    assert isclose(found.interval.high, 3.3654832, abs_tol=1e-6)
    assert Verdict.CANNOT_TELL is found.verdict


def test_only_those_met_twice_are_paired_and_the_others_are_counted():
    found = paired(FIRST | {"11": 99.0}, SECOND | {"12": -99.0, "13": 0.0})

    assert (10, 3) == (found.n_after, found.alone)
    assert isclose(found.difference, 1.58)


@pytest.mark.parametrize(
    ("before", "after", "low", "high", "verdict"),
    [
        # Newcombe (1998), table II, method 10.
        ((48, 80), (56, 70), 0.0524, 0.3339, Verdict.HIGHER),
        ((3, 10), (9, 10), 0.1705, 0.8090, Verdict.HIGHER),
        ((0, 29), (5, 56), -0.0381, 0.1926, Verdict.CANNOT_TELL),
        ((10, 10), (0, 10), -1.0, -0.6075, Verdict.LOWER),
    ],
)
def test_two_shares_as_newcombe_published_them(before, after, low, high, verdict):
    found = unpaired_shares(before, after)

    assert isclose(found.interval.low, low, abs_tol=6e-5) or abs(low) == 1.0
    assert isclose(found.interval.high, high, abs_tol=6e-5)
    assert verdict is found.verdict


def test_under_five_people_nothing_is_concluded():
    few = {one: FIRST[one] for one in ("1", "2", "3", "4")}

    for found in (
        paired(few, SECOND),
        unpaired(list(few.values()), list(SECOND.values())),
        unpaired_shares((1, 4), (4, 60)),
        unpaired_shares((0, 0), (4, 60)),
        paired({}, {}),
    ):
        assert Verdict.TOO_FEW is found.verdict
        assert found.interval is None
        assert found.effect is None


@pytest.mark.parametrize(
    ("n", "verdict"),
    [
        # Sign test: 2 × 1/2⁵ = 0.0625, then 2 × 1/2⁶ = 0.03125.
        (5, Verdict.CANNOT_TELL),
        (6, Verdict.HIGHER),
    ],
)
def test_people_who_moved_alike_have_no_interval_and_conclude_from_six(n, verdict):
    who = "abcdef"[:n]
    found = paired(dict.fromkeys(who, 1.0), dict.fromkeys(who, 2.0))

    assert found.difference == 1.0
    assert (found.interval, found.effect) == (None, None)
    assert found.verdict is verdict


def test_six_who_all_went_down_alike_are_lower_and_who_stayed_are_not():
    six = dict.fromkeys("abcdef", 2.0)

    assert paired(six, dict.fromkeys(six, 1.0)).verdict is Verdict.LOWER
    assert paired(six, six).verdict is Verdict.CANNOT_TELL


def test_two_groups_each_of_one_value_have_no_interval():
    # The exact test: at most 2 / C(10, 5) = 2/252 = 0.008.
    found = unpaired([1.0] * 5, [2.0] * 5)

    assert (found.interval, found.verdict) == (None, Verdict.HIGHER)
    assert unpaired([1.0] * 5, [1.0] * 7).verdict is Verdict.CANNOT_TELL


NUMBERS = st.lists(st.integers(0, 10), min_size=5, max_size=40)


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=5))
def test_pairs_give_what_the_reference_gives(pairs):
    first = {str(rank): float(one) for rank, (one, _two) in enumerate(pairs)}
    last = {str(rank): float(two) for rank, (_one, two) in enumerate(pairs)}
    found = paired(first, last)
    if len({b - a for a, b in pairs}) > 1:
        test = stats.ttest_rel(list(last.values()), list(first.values()))
        low, high = test.confidence_interval(0.95)
        assert isclose(found.interval.low, low, abs_tol=1e-9)
        assert isclose(found.interval.high, high, abs_tol=1e-9)


@given(NUMBERS, NUMBERS)
def test_groups_give_what_the_reference_gives(before, after):
    found = unpaired(before, after)
    if len(set(before)) > 1 or len(set(after)) > 1:
        test = stats.ttest_ind(after, before, equal_var=False)
        low, high = test.confidence_interval(0.95)
        assert isclose(found.interval.low, low, abs_tol=1e-9)
        assert isclose(found.interval.high, high, abs_tol=1e-9)


@given(NUMBERS, NUMBERS)
def test_before_and_after_swapped_say_the_opposite(before, after):
    one, other = unpaired(before, after), unpaired(after, before)

    assert isclose(one.difference, -other.difference, abs_tol=1e-12)
    assert (one.interval is None) is (other.interval is None)
    if one.interval is None:
        return
    assert isclose(one.interval.low, -other.interval.high, abs_tol=1e-9)
