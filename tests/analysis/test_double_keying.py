"""Two readings of one sheet: what differs, and how often people agree."""

from __future__ import annotations

import pytest

from jalons.analysis.double_keying import agreement, differing


def test_what_two_people_read_alike_does_not_differ():
    assert differing({"S1": "yes", "N": 3.0}, {"S1": "yes", "N": 3.0}) == ()


def test_another_answer_or_a_blank_differs():
    first = {"S1": "yes", "S2": ["a"], "S3": "no"}
    second = {"S1": "no", "S2": ["a"], "S4": "x"}

    assert differing(first, second) == ("S1", "S3", "S4")


def test_the_order_of_a_ranking_counts():
    assert differing({"R": ["a", "b"]}, {"R": ["b", "a"]}) == ("R",)


def test_agreement_is_the_share_read_alike_with_its_interval():
    found = agreement(40, 1)

    assert (found.compared, found.alike) == (40, 39)
    assert found.share == pytest.approx(0.975)
    # Wilson, 39 of 40: centre (39 + 1.9207) / (40 + 3.8415), by hand.
    assert found.interval.low == pytest.approx(0.8712, abs=1e-4)
    assert found.interval.high == pytest.approx(0.9956, abs=1e-4)


def test_without_a_sheet_read_twice_agreement_is_not_known():
    assert agreement(0, 0).share is None
