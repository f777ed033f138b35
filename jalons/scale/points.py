"""Points of each answer: `analysis.scoring.score`, as columns of a table.

A row is one answer; a column, one question, holding the code of an option, or those of
the boxes ticked with `|` between them, as `jalons export-responses` writes them. A
question gives two columns, low and high: its points, or 0 and its maximum while the
answer is missing ("ne sait pas" included), or 0 and 0 when it was not asked. The total
and each dimension are their sums; the class is read on the low total.

Whole numbers added up: equal to the plain reference to the last bit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, NumericValue, StringValue, Table

from jalons.analysis.grid import (
    DONT_KNOW,
    NONE,
    Counted,
    Grid,
    Item,
    ScoreClass,
    Single,
)

BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Form:
    """A grid, and what it does not say: the boxes of the questions that count them."""

    grid: Grid
    counted: Mapping[str, tuple[str, ...]]

    @property
    def questions(self) -> tuple[str, ...]:
        """The columns read: the questions scored, and those they hang on."""
        conditions = [i.asked_if.question for i in self.grid.items if i.asked_if]
        return tuple(dict.fromkeys([*(i.code for i in self.grid.items), *conditions]))

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.dimension for item in self.grid.items))

    def options(self, item: Item) -> tuple[str, ...]:
        """Every code that answers a question, "ne sait pas" left out."""
        if isinstance(item.rule, Single):
            return tuple(item.rule.points)
        if isinstance(item.rule, Counted):
            boxes = self.counted[item.code]
        else:
            boxes = tuple(item.rule.points)
        return tuple(dict.fromkeys([*(b for b in boxes if b != DONT_KNOW), NONE]))


def scored(form: Form, answers: Table) -> Table:
    """The answers with `low` and `high`, `class` and `class_high` (positions, from 0).

    Beside them, by position of the question, `unasked0`, `missing0`, `low0`, `high0`…;
    by dimension, `low:political`, `high:political`…
    """
    items = form.grid.items
    states = {}
    for at, item in enumerate(items):
        states[f"unasked{at}"], states[f"missing{at}"] = _state(form, answers, item)
    found = answers.mutate(**states)
    worth = {}
    for at, item in enumerate(items):
        unasked, missing = found[f"unasked{at}"], found[f"missing{at}"]
        points = _points(form, item, found[item.code])
        worth[f"low{at}"] = (unasked | missing).ifelse(0, points)
        worth[f"high{at}"] = ibis.cases(
            (unasked, 0), (missing, item.maximum), else_=points
        )
    found = found.mutate(**worth)
    sums = {}
    for bound in ("low", "high"):
        lines = [
            (item.dimension, found[f"{bound}{at}"]) for at, item in enumerate(items)
        ]
        sums[bound] = _sum([points for _, points in lines])
        for one in form.dimensions:
            sums[f"{bound}:{one}"] = _sum([p for name, p in lines if name == one])
    found = found.mutate(**sums)
    classes = form.grid.classes
    return found.mutate(
        **{
            "class": position(classes, found.low),
            "class_high": position(classes, found.high),
        }
    )


def position(classes: Sequence[ScoreClass], total: NumericValue) -> IntegerValue:
    """The place of the class of each total, 0 for the first."""
    return _sum([(total >= one.low).ifelse(1, 0) for one in classes[1:]])


def unknown(form: Form, item: Item, text: StringValue) -> BooleanValue:
    """Whether the grid gives no points for an answer: the file and the grid differ."""
    codes = "|".join(map(re.escape, [*form.options(item), DONT_KNOW]))
    one = f"({codes})"
    more = "" if isinstance(item.rule, Single) else f"([{BETWEEN}]{one})*"
    return (text != "") & ~text.re_search(f"^{one}{more}$")


def holds(text: StringValue, options: Collection[str]) -> BooleanValue:
    """Whether one of these options is among those of a text."""
    fenced = ibis.literal(BETWEEN) + text + BETWEEN
    found: BooleanValue = ibis.literal(False)
    for option in options:
        found = found | fenced.contains(f"{BETWEEN}{option}{BETWEEN}")
    return found


def _state(form: Form, answers: Table, item: Item) -> tuple[BooleanValue, BooleanValue]:
    """Whether a question was not asked, and whether it is missing (`grid.state`)."""
    blank = _is_blank(answers[item.code])
    if item.asked_if is None:
        return ibis.literal(False), blank
    controlling = form.grid.item(item.asked_if.question)
    above = answers[item.asked_if.question]
    chosen = holds(above, item.asked_if.any_of)
    unasked = ~_is_blank(above) & ~chosen
    if controlling is not None:
        unasked = unasked | _state(form, answers, controlling)[0]
    return unasked, ~unasked & (_is_blank(above) | blank)


def _is_blank(text: StringValue) -> BooleanValue:
    """ "Ne sait pas" makes the whole answer missing, even beside ticked boxes."""
    return (text == "") | holds(text, [DONT_KNOW])


def _points(form: Form, item: Item, text: StringValue) -> IntegerValue:
    rule = item.rule
    if isinstance(rule, Single):
        return ibis.cases(*((text == o, p) for o, p in rule.points.items()), else_=0)
    boxes = [option for option in form.options(item) if option != NONE]
    if not isinstance(rule, Counted):
        return _sum([holds(text, [o]).ifelse(rule.points[o], 0) for o in boxes])
    ticked = _sum([holds(text, [option]).ifelse(1, 0) for option in boxes])
    steps = sorted(rule.steps, key=lambda step: -step[1])
    return ibis.cases(*((ticked >= least, p) for least, p in steps), else_=0)


def _sum(values: Sequence[IntegerValue]) -> IntegerValue:
    return reduce(add, values)
