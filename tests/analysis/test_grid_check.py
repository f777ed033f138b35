from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from jalons.analysis.grid_check import check, reachable
from jalons.analysis.scoring import (
    Condition,
    Cumulative,
    Grid,
    Item,
    ScoreClass,
    Single,
)
from tests.analysis.grids import MATURITY

YES_NO = Single({"no": 0, "yes": 3})
ONE_CLASS = (ScoreClass("all", 0, 3),)


def grid(*items, classes=ONE_CLASS, total=3, **more):
    return Grid(items, classes, total, **more)


def kinds(found):
    return [problem.kind for problem in check(found)]


def test_the_maturity_grid_is_sound():
    assert check(MATURITY) == ()


def test_every_total_from_0_to_37_is_reachable():
    assert reachable(MATURITY) == frozenset(range(38))


def test_a_conditional_question_adds_nothing_when_not_asked():
    more = Item("Q2", "d", 1, Single({"a": 0, "b": 1}), Condition("Q1", ["yes"]))

    found = reachable(grid(Item("Q1", "d", 3, YES_NO), more))

    assert found == {0, 3, 4}


def test_a_condition_on_an_unscored_question_may_be_met_or_not():
    item = Item(
        "Q2", "d", 2, Single({"a": 1, "b": 2}), Condition("profile", ["elected"])
    )

    assert reachable(grid(item)) == {0, 1, 2}


def test_enumeration_agrees_with_every_combination_of_points():
    worth = [(0, 1, 2), (0, 3), (0, 1, 4)]
    items = [
        Item(f"Q{i}", "d", max(points), Single({str(p): p for p in points}))
        for i, points in enumerate(worth)
    ]

    assert reachable(grid(*items)) == {sum(points) for points in product(*worth)}


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (grid(Item("Q", "d", 4, YES_NO)), "maximum_differs"),
        (grid(Item("Q", "d", 3, Cumulative({"a": 1, "b": 1}))), "maximum_differs"),
        (grid(Item("Q", "d", 3, YES_NO), Item("Q", "d", 3, YES_NO)), "duplicate_item"),
        (grid(Item("Q", "d", 3, Single({"no": -1, "yes": 3}))), "negative_points"),
        (
            grid(Item("Q", "d", 3, YES_NO, Condition("Q", ["yes"]))),
            "circular_condition",
        ),
        (
            grid(
                Item("Q", "d", 3, YES_NO),
                Item("R", "d", 3, YES_NO, Condition("Q", ["?"])),
            ),
            "unknown_option",
        ),
    ],
)
def test_a_question_that_cannot_work_is_reported(found, kind):
    assert kind in kinds(found)


def test_totals_that_differ_are_reported():
    found = grid(Item("Q", "d", 3, YES_NO), total=4, dimensions={"d": 5})

    assert "total_differs" in kinds(found)
    assert "dimension_differs" in kinds(found)


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        ([(0, 5), (6, 37)], "class_gap"),
        ([(0, 7), (6, 37)], "class_overlap"),
        ([(1, 6), (6, 37)], "class_bounds"),
        ([(0, 6), (6, 36)], "class_bounds"),
        ([], "class_bounds"),
    ],
)
def test_classes_must_cover_every_total_once(limits, kind):
    classes = tuple(ScoreClass(f"c{i}", *limit) for i, limit in enumerate(limits))

    assert kinds(replace(MATURITY, classes=classes)) == [kind]


def test_a_total_that_no_answer_gives_is_reported():
    found = check(grid(Item("Q", "d", 3, YES_NO)))

    assert [(p.kind, p.expected) for p in found] == [
        ("unreachable_total", 1),
        ("unreachable_total", 2),
    ]
