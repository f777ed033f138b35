"""The matrix of rule 21, on a room of four people counted by hand."""

from __future__ import annotations

import pytest

from jalons.analysis.prospective import MIDPOINT, OnPaper, quadrant_of, rate
from jalons.analysis.voting import (
    count_choices,
    count_dots,
    count_rankings,
    count_scale,
)

# Impact, then mastery, of each person for each item.
ROOM = {
    1: [(5, 1), (5, 2), (4, 1), (5, 2)],
    2: [(4, 4), (5, 5), (4, 4), (4, 5)],
    3: [(2, 1), (1, 2), (2, 2), (1, 1)],
    4: [(2, 5), (1, 4), (1, 5), (2, 4)],
}


def test_points_are_the_sum_of_grades_above_one_and_order_puts_low_mastery_first():
    found = {one.item: one for one in rate(ROOM).items}

    # 4 + 4 + 3 + 4 and 0 + 1 + 0 + 1.
    assert (15, 2) == (found[1].impact_points, found[1].mastery_points)
    assert (13, 14) == (found[2].impact_points, found[2].mastery_points)
    # Items 3 and 4 have 2 points of impact each: the less mastered comes first.
    assert [1, 2, 3, 4] == [one.item for one in rate(ROOM).items]
    assert (2, 2) == (found[3].impact_points, found[4].impact_points)


def test_axes_are_cut_at_the_median_of_the_centres_and_name_four_quadrants():
    found = rate(ROOM)

    # Mean mastery 1.5, 4.5, 1.5, 4.5 and impact 4.75, 4.25, 1.5, 1.5.
    assert (3.0, 2.875) == (found.cut_x, found.cut_y)
    assert ["invest", "strengthen", "watch", "maintain"] == [
        one.quadrant for one in found.items
    ]


def test_an_item_on_an_axis_or_widely_spread_is_to_be_discussed():
    found = rate({**ROOM, 5: [(1, 3), (1, 3), (5, 3), (5, 3)]}, at_midpoint=True)
    last = next(one for one in found.items if one.item == 5)

    assert (MIDPOINT, MIDPOINT) == (found.cut_x, found.cut_y)
    assert ("", True) == (last.quadrant, last.is_to_discuss)
    assert (1.0, 5.0) == (last.impact.low, last.impact.high)
    assert [5] == [one.item for one in found.to_discuss]
    assert "maintain" == quadrant_of(4, 2, MIDPOINT, MIDPOINT)


def test_an_item_without_votes_stays_and_has_no_place():
    found = rate({1: [(5, 5)], 2: []})
    empty = found.items[1]

    assert (2, 0, None, "") == (empty.item, empty.n, empty.x, empty.quadrant)
    assert not empty.is_to_discuss
    assert () == tuple(rate({}).items)


def test_points_of_a_paper_round_join_those_of_the_telephones():
    # Six people on paper: 12 points of impact (mean 3), 6 of mastery (mean 2).
    found = rate({1: [(5, 5), (5, 3)], 2: [(1, 1)]}, paper={1: OnPaper(6, 12, 6)})
    first, second = found.items

    # 4 + 4 + 12 and 4 + 2 + 6 over eight people: 1 + 20/8 and 1 + 12/8.
    assert (20, 12, 8, 6) == (
        first.impact_points,
        first.mastery_points,
        first.n,
        first.on_paper,
    )
    assert (2.5, 3.5) == (first.x, first.y)
    assert (None, None) == (first.impact, first.mastery)
    assert second.impact


def test_another_order_may_be_asked():
    def order(wanted: str) -> list[int]:
        return [one.item for one in rate({4: [], **ROOM}, order=wanted).items]

    # Mastery points 2, 14, 2, 14; of two equal ones, most impact first.
    assert [4, 1, 2, 3] == order("number")
    assert [1, 3, 2, 4] == order("mastery")
    assert [1, 2, 3, 4] == order("impact")


def test_an_item_nobody_rated_is_last_in_every_order():
    # Item 2 has 0 points of impact and 4 of mastery, item 3 has 4 and 0.
    votes = {1: [], 2: [(1, 5)], 3: [(5, 1)]}

    def order(wanted: str) -> list[int]:
        return [one.item for one in rate(votes, order=wanted).items]

    assert [3, 2, 1] == order("impact")
    assert [3, 2, 1] == order("mastery")
    assert [2, 3, 1] == order("number")


def test_ties_share_their_rank_and_nothing_vanishes():
    found = count_choices([1, 2, 3, 4], [[1, 2], [1, 2], [4]])

    assert [(1, 2, 1), (2, 2, 1), (4, 1, 3), (3, 0, 4)] == [
        (one.option, one.voters, one.rank) for one in found
    ]


def test_dots_and_rankings_are_counted_by_hand():
    dots = count_dots([1, 2, 3], [{1: 3, 2: 1}, {2: 2}])
    ranks = count_rankings([1, 2, 3], [[3, 1, 2], [3, 2, 1], [1, 3]])

    assert [(1, 3, 1), (2, 3, 2), (3, 0, 0)] == [
        (one.option, one.total, one.voters) for one in dots
    ]
    # Item 3: 2 + 2 + 1; item 1: 1 + 0 + 2; item 2: 0 + 1.
    assert [(3, 5), (1, 3), (2, 1)] == [(one.option, one.total) for one in ranks]


@pytest.mark.parametrize(
    ("values", "mean", "n"), [([1, 2, 2, 5], 2.5, 4), ([], None, 0), ([9], None, 0)]
)
def test_a_scale_keeps_every_grade(values, mean, n):
    found = count_scale([1, 2, 3, 4, 5], values)

    assert (mean, n) == (found.mean, found.n)
    assert [1, 2, 3, 4, 5] == list(found.counts)
