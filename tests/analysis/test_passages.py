"""From class to class: a small table counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.passages import passages
from tests.analysis.tables import table

CLASSES = ("none", "basic", "middle", "advanced")
WAVES = table("""
    epci | before   | after
    a    | none     | basic
    b    | none     | middle
    c    | basic    | basic
    d    | basic    | middle
    e    | middle   | basic
    f    | advanced | advanced
    g    | basic    |
    h    |          | none
    i    | basic    | middle
""")


def _of(name):
    return {row["epci"]: row[name] for row in WAVES if row.get(name)}


def test_each_is_counted_once_where_it_left_and_where_it_arrived():
    found = passages(_of("before"), _of("after"), CLASSES)

    assert (7, 2, 4, 1) == (found.n, found.stayed, found.up, found.down)
    assert (1, 1) == (found.only_before, found.only_after)
    assert 2 == found.count("basic", "middle")
    assert 0 == found.count("advanced", "none")


def test_the_direction_is_that_of_a_coin_tossed_by_those_that_moved():
    found = passages(_of("before"), _of("after"), CLASSES)

    # Four up of five: (1 + 5) ÷ 2⁵, both ways.
    assert 2 * 6 / 2**5 == found.p
    assert passages({"a": "none"}, {"a": "none"}, CLASSES).p is None


def test_a_class_of_another_grid_is_refused():
    with pytest.raises(ValueError, match="expert"):
        passages({"a": "none"}, {"a": "expert"}, CLASSES)


CODES = st.dictionaries(st.integers(0, 20), st.sampled_from(CLASSES), max_size=20)


@given(CODES, CODES)
def test_margins_and_moves_add_up(before, after):
    found = passages(before, after, CLASSES)
    back = passages(after, before, CLASSES)

    assert found.n == found.stayed + found.up + found.down
    assert found.n + found.only_before == len(before)
    assert (found.up, found.down, found.p) == (back.down, back.up, back.p)
