"""Is a scoring grid sound? Found before anyone answers, reported without wording.

The border that loads a grid turns each `Problem` into a sentence naming the file,
the key and the mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from jalons.analysis.grid import (
    NONE,
    Answer,
    Counted,
    Grid,
    Item,
    Rule,
    Single,
    points,
)

ELSEWHERE = "(another answer)"
"""Stands for any answer to an unscored question that leaves a condition unmet."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a grid, where, and the two numbers that disagree.

    `kind` is one of: duplicate_item, negative_points, maximum_differs,
    circular_condition, unknown_option, dimension_differs, total_differs,
    class_gap, class_overlap, class_bounds, unreachable_total.
    """

    kind: str
    where: str
    expected: float | None = None
    found: float | None = None


def check(grid: Grid) -> tuple[Problem, ...]:
    """Problems of a grid, in the order an author would mend them.

    Totals are enumerated only once the questions themselves are sound.

    >>> from jalons.analysis.grid import ScoreClass
    >>> item = Item("P2", "political", 4, Single({"no": 0, "yes": 3}))
    >>> check(Grid([item], (ScoreClass("all", 0, 4),), total=4))[0]
    Problem(kind='maximum_differs', where='P2', expected=4, found=3)
    """
    problems = (*_check_items(grid), *_check_conditions(grid))
    if problems:
        return (*problems, *_check_classes(grid))
    return (*_check_totals(grid), *_check_classes(grid), *_check_reachable(grid))


def reachable(grid: Grid) -> frozenset[int]:
    """Every total that some complete answer gives, by enumeration.

    Questions tied by a condition are enumerated together, independent ones apart:
    a few hundred combinations for the 37-point grid, not millions.

    >>> from jalons.analysis.grid import ScoreClass
    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> sorted(reachable(Grid([item], (ScoreClass("all", 0, 3),), total=3)))
    [0, 3]
    """
    totals = {0}
    for group in _tied_groups(grid):
        sums = _sums_of(grid, group)
        totals = {total + more for total in totals for more in sums}
    return frozenset(totals)


def _worth(rule: Rule) -> list[int]:
    if isinstance(rule, Counted):
        return [points for _, points in rule.steps]
    return list(rule.points.values())


def _most(rule: Rule) -> int:
    worth = _worth(rule)
    if isinstance(rule, (Single, Counted)):
        return max(worth, default=0)
    return sum(worth)


def _check_items(grid: Grid) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in grid.items:
        if item.code in seen:
            yield Problem("duplicate_item", item.code)
        seen.add(item.code)
        if min(_worth(item.rule), default=0) < 0:
            yield Problem("negative_points", item.code, 0, min(_worth(item.rule)))
        if _most(item.rule) != item.maximum:
            yield Problem("maximum_differs", item.code, item.maximum, _most(item.rule))


def _check_conditions(grid: Grid) -> Iterator[Problem]:
    for item in grid.items:
        if item.asked_if is None:
            continue
        if _is_circular(grid, item):
            yield Problem("circular_condition", item.code)
        controlling = grid.item(item.asked_if.question)
        if controlling is None or isinstance(controlling.rule, Counted):
            continue
        if not set(item.asked_if.any_of) <= set(controlling.rule.points):
            yield Problem("unknown_option", item.code)


def _is_circular(grid: Grid, item: Item) -> bool:
    seen: set[str] = set()
    current: Item | None = item
    while current is not None and current.asked_if is not None:
        if current.code in seen:
            return True
        seen.add(current.code)
        current = grid.item(current.asked_if.question)
    return False


def _check_totals(grid: Grid) -> Iterator[Problem]:
    for dimension, expected in (grid.dimensions or {}).items():
        found = sum(i.maximum for i in grid.items if i.dimension == dimension)
        if found != expected:
            yield Problem("dimension_differs", dimension, expected, found)
    found = sum(item.maximum for item in grid.items)
    if found != grid.total:
        yield Problem("total_differs", "total", grid.total, found)


def _check_classes(grid: Grid) -> Iterator[Problem]:
    if not grid.classes:
        yield Problem("class_bounds", "classes", grid.total, 0)
        return
    if grid.classes[0].low != 0:
        yield Problem("class_bounds", grid.classes[0].code, 0, grid.classes[0].low)
    if grid.classes[-1].high != grid.total:
        last = grid.classes[-1]
        yield Problem("class_bounds", last.code, grid.total, last.high)
    for before, after in pairwise(grid.classes):
        if after.low > before.high:
            yield Problem("class_gap", after.code, before.high, after.low)
        if after.low < before.high:
            yield Problem("class_overlap", after.code, before.high, after.low)
    for one in grid.classes:
        if one.low >= one.high:
            yield Problem("class_bounds", one.code, one.high, one.low)


def _check_reachable(grid: Grid) -> Iterator[Problem]:
    for total in sorted(set(range(grid.total + 1)) - reachable(grid)):
        yield Problem("unreachable_total", "total", total)


def _root(grid: Grid, item: Item) -> str:
    """The question at the head of a chain of conditions, scored or not."""
    if item.asked_if is None:
        return item.code
    controlling = grid.item(item.asked_if.question)
    return _root(grid, controlling) if controlling else item.asked_if.question


def _tied_groups(grid: Grid) -> list[list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in grid.items:
        groups.setdefault(_root(grid, item), []).append(item)
    return list(groups.values())


def _sums_of(grid: Grid, group: Sequence[Item]) -> set[int]:
    asked: dict[str, list[Answer]] = {i.code: _possible_answers(i) for i in group}
    for item in group:
        if item.asked_if and item.asked_if.question not in asked:
            asked[item.asked_if.question] = [*item.asked_if.any_of, ELSEWHERE]
    sums = set()
    for combination in product(*asked.values()):
        answers = dict(zip(asked, combination, strict=True))
        sums.add(sum(points(grid, item, answers).low for item in group))
    return sums


def _possible_answers(item: Item) -> list[Answer]:
    """One answer for each way of answering that earns points apart."""
    rule = item.rule
    if isinstance(rule, Single):
        return list(rule.points)
    if isinstance(rule, Counted):
        most = max((least for least, _ in rule.steps), default=0)
        return [[NONE], *([f"#{i}" for i in range(n)] for n in range(1, most + 1))]
    options = list(rule.points)
    ticks = product((False, True), repeat=len(options))
    return [
        [o for o, on in zip(options, tick, strict=True) if on] or [NONE]
        for tick in ticks
    ]
