"""The part of a national target by population, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.national_share import part_of, share_of

FRANCE = 68_000_000
BY_HAND = [
    # target, people: target × people ÷ 68 000 000
    (8_000_000, 34_000, 4_000),  # 8 000 000 × 0.0005
    (25_000, 34_000, 13),  # 12.5, halves go up
    (20_000, 34_000, 10),  # 10
    (2_000_000, 34_000, 1_000),  # 1 000
    (25_000, 1_000, 0),  # 0.37: less than half a place
    (8_000_000, 68_000_000, 8_000_000),  # the country itself
]


@pytest.mark.parametrize(("target", "people", "expected"), BY_HAND)
def test_a_part_is_the_target_times_the_share_of_the_population(
    target, people, expected
):
    assert part_of(target, people, FRANCE).part == expected


@pytest.mark.parametrize("people", [None, 0])
def test_a_population_that_is_not_known_gives_no_part_rather_than_zero(people):
    assert part_of(25_000, people, FRANCE).part is None
    assert share_of(people, FRANCE) is None


def test_without_the_population_of_the_country_there_is_no_part():
    assert part_of(25_000, 34_000, None).part is None


def test_a_territory_larger_than_its_country_is_refused():
    with pytest.raises(ValueError, match="no more people"):
        share_of(2, 1)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 10**7))
def test_parts_of_two_territories_add_up_to_that_of_both_within_one(a, b, target):
    whole = a + b
    parts = part_of(target, a, whole).part + part_of(target, b, whole).part

    assert abs(parts - target) <= 1
