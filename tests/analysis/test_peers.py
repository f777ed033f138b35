from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.observations import Figures
from jalons.analysis.peers import Criterion, nearest, placed, standardised
from tests.analysis.indices import figures

CRITERIA = (Criterion("income"), Criterion("age"))
TABLE = """
    code | population | income | age
    mine | 1000       | 20     | 20
    near | 1000       | 22     | 20
    far  | 1000       | 30     | 40
    b    | 1000       | 20     | 31
    a    | 1000       | 20     | 9
"""


def codes(found) -> list[str]:
    return [one.code for one in found]


def test_the_nearest_comes_first_and_equal_distances_go_by_code():
    found = nearest(figures(TABLE), "mine", CRITERIA)

    assert ["near", "a", "b", "far"] == codes(found)
    assert ["near"] == codes(nearest(figures(TABLE), "mine", CRITERIA, count=1))


def test_the_distance_is_counted_in_standard_deviations():
    text = """
        code | population | income | age
        mine | 1000       | 0      | 0
        x    | 1000       | 2      | 4
    """

    (found,) = nearest(figures(text), "mine", CRITERIA)

    # Each deviation is half of the gap: two deviations apart on both criteria.
    assert 2.0 == found.distance
    assert [2.0, 2.0] == [one.difference for one in found.likenesses]
    assert [(0, 4), (0, 2)] == [(one.mine, one.theirs) for one in found.likenesses]
    assert (("age", "income"), ()) == (found.far, found.near)


def test_the_reason_names_what_brings_near_and_what_sets_apart():
    found = {one.code: one for one in nearest(figures(TABLE), "mine", CRITERIA)}

    assert (("income",), ("age",)) == (found["a"].near, found["a"].far)
    assert "income" == found["a"].likenesses[0].criterion
    assert ((), ("income", "age")) == (
        found["far"].near,
        tuple(sorted(found["far"].far, reverse=True)),
    )


def test_a_missing_criterion_neither_brings_near_nor_sets_apart():
    text = """
        code | population | income | age | density | poverty
        mine | 1000       | 20     | 20  | 5       | 10
        part | 1000       | 22     |     | 6       | 12
        far  | 1000       | 30     | 40  | 50      | 30
    """
    criteria = (*CRITERIA, Criterion("density"), Criterion("poverty"))

    (part, _far) = nearest(figures(text), "mine", criteria)

    gaps = [one.difference for one in part.likenesses if one.difference is not None]
    assert ("part", ("age",)) == (part.code, part.unknown)
    assert part.distance == pytest.approx((sum(g * g for g in gaps) / 3) ** 0.5)
    assert part.likenesses[-1].difference is None


def test_half_of_the_criteria_is_too_little_to_compare():
    text = TABLE + "    part | 1000       | 22     |\n"

    assert "part" not in codes(nearest(figures(text), "mine", CRITERIA))


def test_a_territory_of_which_too_little_is_known_is_not_compared():
    text = """
        code  | population | income | age | density
        mine  | 1000       | 20     | 20  | 5
        other | 1000       | 21     | 21  | 6
        bare  | 1000       | 20     |     |
        none  | 1000       |        |     |
    """
    criteria = (*CRITERIA, Criterion("density"))

    assert ["other"] == codes(nearest(figures(text), "mine", criteria))
    assert () == nearest(figures(text), "none", criteria)


def test_a_criterion_that_weighs_more_decides():
    text = """
        code  | population | income | age
        mine  | 1000       | 10     | 10
        money | 1000       | 10     | 20
        years | 1000       | 20     | 10
        end   | 1000       | 30     | 30
    """
    by_income = (Criterion("income", weight=3), Criterion("age"))
    by_age = (Criterion("income"), Criterion("age", weight=3))

    assert "money" == nearest(figures(text), "mine", by_income)[0].code
    assert "years" == nearest(figures(text), "mine", by_age)[0].code


def test_a_population_is_compared_by_its_ratios():
    text = """
        code    | population | people
        village | 100        | 100
        town    | 10000      | 10000
        city    | 1000000    | 1000000
    """

    plain = nearest(figures(text), "town", [Criterion("people")])
    log = nearest(figures(text), "town", [Criterion("people", "log")])

    assert "village" == plain[0].code
    assert plain[0].distance < 0.1 * plain[1].distance
    assert log[0].distance == pytest.approx(log[1].distance)
    assert ["city", "village"] == codes(log)


def test_a_criterion_that_is_the_same_everywhere_tells_nothing():
    flat = Figures(("a", "b"), ("x",), [[7], [7]], [1, 1])

    assert [0, 0] == standardised(flat, Criterion("x")).tolist()
    assert [0.0] == [one.distance for one in nearest(flat, "a", [Criterion("x")])]


def test_what_cannot_be_compared_is_refused():
    zero = Figures(("a", "b"), ("x",), [[0], [7]], [1, 1])

    with pytest.raises(ValueError, match="above zero"):
        nearest(zero, "a", [Criterion("x", "log")])
    with pytest.raises(ValueError, match="at least one criterion"):
        nearest(zero, "a", [])
    with pytest.raises(ValueError, match="not in"):
        nearest(zero, "unknown", [Criterion("x")])


ROWS = st.lists(st.tuples(*[st.integers(0, 50)] * 2), min_size=2, max_size=12)


@given(ROWS, st.randoms())
def test_units_and_the_order_of_rows_change_nothing(rows, random):
    names = tuple(f"t{at:02}" for at in range(len(rows)))
    some = Figures(names, ("income", "age"), rows, np.ones(len(rows)))
    shuffled = list(names)
    random.shuffle(shuffled)
    other = replace(some, values=some.values * np.array([1024, 0.5])).only(shuffled)

    found = nearest(some, "t00", CRITERIA)

    assert codes(found) == codes(nearest(other, "t00", CRITERIA))


@given(ROWS)
def test_a_distance_is_the_same_both_ways(rows):
    names = tuple(f"t{at}" for at in range(len(rows)))
    some = Figures(names, ("income", "age"), rows, np.ones(len(rows)))
    every = len(rows)

    going = {o.code: o.distance for o in nearest(some, "t0", CRITERIA, every)}
    back = {
        code: next(
            o.distance for o in nearest(some, code, CRITERIA, every) if o.code == "t0"
        )
        for code in going
    }

    assert going == pytest.approx(back)


def test_one_chosen_is_placed_by_how_many_resemble_more():
    found = placed(figures(TABLE), "mine", CRITERIA, ["far", "a", "mine"])

    # "a" and "b" are equally far: neither is nearer than the other.
    assert {"far": (3, 4), "a": (1, 4)} == {
        code: (one.nearer, one.comparable) for code, one in found.items()
    }


def test_one_of_which_too_little_is_known_is_not_placed():
    text = TABLE + "    c    | 1000       |        | 20\n"

    found = placed(figures(text), "mine", CRITERIA, ["c", "near"])

    assert found["c"].nearer is None
    assert ("income",) == found["c"].neighbour.unknown
    assert (0, 4) == (found["near"].nearer, found["near"].comparable)
