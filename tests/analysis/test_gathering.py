"""Small groups added together: a table that tells of nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.gathering import LEAST, Gathered, Line, gather


def test_lines_of_five_and_more_stand_alone():
    lines = [Line("Creuse", 5, 2), Line("Gironde", 9, 4)]

    assert gather(lines) == (
        Gathered(("Creuse",), 5, 2),
        Gathered(("Gironde",), 9, 4),
    )


def test_small_lines_are_added_together():
    lines = [Line("Creuse", 2, 1), Line("Gironde", 9, 4), Line("Landes", 4, 4)]

    assert gather(lines) == (
        Gathered(("Creuse", "Landes"), 6, 5),
        Gathered(("Gironde",), 9, 4),
    )


def test_one_small_line_takes_the_smallest_of_the_others_along():
    lines = [Line("Creuse", 1, 1), Line("Gironde", 9, 4), Line("Landes", 6, 3)]

    assert gather(lines) == (
        Gathered(("Creuse", "Landes"), 7, 4),
        Gathered(("Gironde",), 9, 4),
    )


def test_too_few_people_in_all_are_not_counted():
    assert gather([Line("Creuse", 2, 1), Line("Landes", 1, 0)]) == (
        Gathered(("Creuse", "Landes"), 3, None),
    )


def test_a_line_without_anybody_is_left_out():
    assert gather([Line("Creuse", 0, 0), Line("Landes", 5, 0)]) == (
        Gathered(("Landes",), 5, 0),
    )


@given(
    st.lists(st.integers(0, 12), max_size=8).flatmap(
        lambda sizes: st.tuples(
            st.just(sizes), st.tuples(*(st.integers(0, size) for size in sizes))
        )
    )
)
def test_nobody_is_lost_and_no_line_is_small(drawn):
    sizes, done = drawn
    lines = [Line(str(place), size, done[place]) for place, size in enumerate(sizes)]

    found = gather(lines)

    assert sum(one.people for one in found) == sum(sizes)
    assert all(one.done is None or one.people >= LEAST for one in found)
    if sum(sizes) >= LEAST:
        assert sum(one.done for one in found) == sum(done)
