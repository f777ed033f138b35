"""Gaps of a role matrix, on tables drawn by hand."""

from __future__ import annotations

import pytest

from jalons.analysis.role_matrix import Held, absent, find_gaps
from tests.analysis.tables import table

LEVELS = {"F": "does", "P": "takes_part", "R": "refers"}
ROLES = ["notice", "orient", "train", "equip"]


def gaps_of(text: str):
    """F does it, P takes part, R refers elsewhere; a blank says nothing."""
    rows = table(text)
    held = [
        Held(int(row["actor"]), role, LEVELS[row[role]])
        for row in rows
        for role in ROLES
        if role in row
    ]
    return find_gaps([int(row["actor"]) for row in rows], ROLES, held)


def test_each_role_is_in_the_state_that_its_column_shows():
    found = gaps_of("""
        actor | notice | orient | train | equip
        ------+--------+--------+-------+------
        1     | F      | F      | P     | R
        2     | F      | R      | P     |
        3     | P      | R      |       | R
    """)

    assert {one.role: one.state for one in found.roles} == {
        "notice": "held",
        "orient": "one_only",
        "train": "nobody_in_charge",
        "equip": "referral_only",
    }
    assert [(one.does, one.takes_part, one.refers) for one in found.roles] == [
        (2, 1, 0),
        (1, 0, 2),
        (0, 2, 0),
        (0, 0, 2),
    ]
    assert [one.role for one in found.gaps] == ["orient", "train", "equip"]


def test_whoever_refers_people_to_nobody_is_named():
    found = gaps_of("""
        actor | notice | orient | train | equip
        ------+--------+--------+-------+------
        1     | F      | R      |       | R
        2     |        | F      | R     |
    """)

    # Actor 2 does orient, so that sending there leads somewhere.
    assert [(one.actor, one.role) for one in found.dead_ends] == [
        (1, "equip"),
        (2, "train"),
    ]


def test_an_actor_that_said_nothing_is_not_counted_as_doing_nothing():
    found = gaps_of("""
        actor | notice | orient | train | equip
        ------+--------+--------+-------+------
        1     | F      |        |       |
        2     |        |        |       |
        3     |        |        |       |
    """)

    assert (found.spoke, found.silent) == (1, (2, 3))
    assert found.roles[1].state == "nobody"


def test_a_role_or_an_actor_that_is_not_asked_about_changes_nothing():
    held = [Held(9, "notice", "does"), Held(1, "other", "does")]

    found = find_gaps([1], ["notice"], held)

    assert found.roles[0].state == "nobody"
    assert found.silent == (1,)


def test_an_empty_table_has_every_role_open_and_nobody_silent():
    found = find_gaps([], ROLES, [])

    assert {one.state for one in found.roles} == {"nobody"}
    assert (found.spoke, found.silent, found.dead_ends) == (0, (), ())


@pytest.mark.parametrize(
    ("present", "missing"),
    [({"a", "c"}, ("b",)), (set(), ("a", "b", "c")), ({"a", "b", "c", "z"}, ())],
)
def test_what_is_expected_and_absent_keeps_its_order(present, missing):
    assert absent(["a", "b", "c"], present) == missing
