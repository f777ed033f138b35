"""Is a scoring grid sound? Found before anyone answers, reported without wording.

The border that loads a grid turns each `Problem` into a sentence naming the file,
the key and the mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jalons.analysis.grid import (
    NONE,
    Counted,
    Grid,
    Item,
    Rule,
    Single,
)

ELSEWHERE = "(another answer)"
"""Stands for any answer to an unscored question that leaves a condition unmet."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a grid, where, and the two numbers that disagree.

    `kind` is one of: duplicate_item, negative_points, maximum_differs,
    circular_condition, unknown_option, dimension_differs, total_differs,
    class_gap, class_overlap, class_bounds, class_inverted, unreachable_total.
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

    Questions tied by a condition are followed from the one that decides, and only
    totals are combined: the cost grows with the points, not with the combinations.

    >>> from jalons.analysis.grid import ScoreClass
    >>> item = Item("P2", "political", 3, Single({"no": 0, "yes": 3}))
    >>> sorted(reachable(Grid([item], (ScoreClass("all", 0, 3),), total=3)))
    [0, 3]
    """
    known = {item.code for item in grid.items}
    roots = [_sums_of(grid, item) for item in grid.items if item.asked_if is None]
    outside = {i.asked_if.question for i in grid.items if i.asked_if} - known
    totals = {0}
    for sums in (*roots, *(_sums_hanging_on(grid, code) for code in outside)):
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
            yield Problem("class_inverted", one.code, one.high, one.low)


def _check_reachable(grid: Grid) -> Iterator[Problem]:
    for total in sorted(set(range(grid.total + 1)) - reachable(grid)):
        yield Problem("unreachable_total", "total", total)


def _children(grid: Grid, code: str) -> list[Item]:
    """The questions asked or not by the answer to this one."""
    return [i for i in grid.items if i.asked_if and i.asked_if.question == code]


def _sums_of(grid: Grid, item: Item) -> set[int]:
    """Every total of a question that is asked and of those that hang on it.

    Once it is answered, the questions that hang on it no longer depend on one
    another: their totals are combined, never their answers.
    """
    children = _children(grid, item.code)
    sums: set[int] = set()
    for worth, met in _ways(item, [_any_of(child) for child in children]):
        totals = {worth}
        for child, is_asked in zip(children, met, strict=True):
            if is_asked:
                more = _sums_of(grid, child)
                totals = {total + one for total in totals for one in more}
        sums |= totals
    return sums


def _sums_hanging_on(grid: Grid, code: str) -> set[int]:
    """The same for the questions that hang on an unscored one, of any answer."""
    children = _children(grid, code)
    options = {option for child in children for option in _any_of(child)}
    sums: set[int] = set()
    for option in (*options, ELSEWHERE):
        totals = {0}
        for child in children:
            if option in _any_of(child):
                more = _sums_of(grid, child)
                totals = {total + one for total in totals for one in more}
        sums |= totals
    return sums


def _any_of(item: Item) -> frozenset[str]:
    return frozenset(item.asked_if.any_of if item.asked_if else ())


Way = tuple[int, tuple[bool, ...]]
"""One way of answering: points earned, and which of the conditions are met."""


def _ways(item: Item, conditions: Sequence[frozenset[str]]) -> set[Way]:
    """The ways of answering that differ by their points or by what they call for."""
    rule = item.rule

    def met(option: str) -> tuple[bool, ...]:
        return tuple(option in condition for condition in conditions)

    if isinstance(rule, Single):
        return {(worth, met(option)) for option, worth in rule.points.items()}
    if isinstance(rule, Counted):
        # Which boxes are ticked is not known here: any number may meet a condition.
        steps = {0, *(points for _, points in rule.steps)}
        no, yes = (False,) * len(conditions), (True,) * len(conditions)
        return {(0, met(NONE)), *((p, way) for p in steps for way in (no, yes))}
    ways: set[Way] = {(0, (False,) * len(conditions))}
    for option, worth in rule.points.items():
        ways |= {
            (total + worth, tuple(map(max, way, met(option)))) for total, way in ways
        }
    nothing: Way = (0, (False,) * len(conditions))
    return (ways - {nothing}) | {(0, met(NONE))}
