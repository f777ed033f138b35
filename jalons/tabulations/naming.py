"""Every number of a table named by the persons it counts, to be checked with others.

All are named over the same persons, those who answered the survey. A variable has its
categories, `MISSING` for those who did not answer it, and `ANSWERED` for the others;
`UNASKED` for the former when an earlier answer decides who is asked. A box to tick is a
variable of its own, yes or no, among those who answered the question: all the boxes of
a question thus share one base, under one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from jalons.analysis.disclosure import Key
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.analysis.tabulation import Axis, Mask, axis
from jalons.questionnaires.definitions import Question, ShowIf
from jalons.tabulations.axes import Answers
from jalons.tabulations.figures import TOTAL
from jalons.tabulations.query import Query
from jalons.tabulations.variables import DEPARTEMENT, GIVEN

ANSWERED = "(answered)"
YES, NO = "yes", "no"
EITHER = "+"
PROFILE = "profile"
WEIGHT = "(weight)"
"""Variable of the check alone: the weight that a file gave."""

EVERYBODY: Key = frozenset()


@dataclass(slots=True)
class Names:
    """The variables of the check: their categories, their unions, who is in each."""

    answers: Answers
    profile: str
    """The code of the question that tells the profile."""
    categories: dict[str, set[str]] = field(default_factory=dict)
    groups: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    _axes: dict[str, Axis] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict)
    _questions: dict[str, Question | None] = field(default_factory=dict)

    def axis(self, code: str) -> Axis:
        if code not in self._axes:
            is_weight = code == WEIGHT
            found = _weights(self.answers) if is_weight else self.answers.axis(code)
            self._axes[code] = found
        return self._axes[code]

    def name(self, code: str) -> str:
        """The variable as the restitution calls it; its categories are then known.

        So are those of the questions whose answers decide who is asked this one.
        """
        name = code
        if code == self.profile:
            name = PROFILE
        elif code == DEPARTEMENT:
            name = "departement"
        if name not in self._codes:
            axis = self.axis(code)
            labels = (ANSWERED,) if axis.is_multiple else axis.labels
            self._codes[name] = code
            self.categories[name] = {*labels, self.left(code)}
            if not axis.is_multiple:
                self.groups.setdefault(name, {})[ANSWERED] = axis.labels
            for one in self.conditions(code):
                self.name(one.question)
        return name

    def question(self, code: str) -> Question | None:
        """The question that a variable counts, looked for once."""
        if code not in self._questions:
            self._questions[code] = self.answers.question(code)
        return self._questions[code]

    def conditions(self, code: str) -> tuple[ShowIf, ...]:
        """The earlier answers on which it depends who is asked a question."""
        question = self.question(code)
        if question is None:
            return ()
        return self.answers.definition.conditions_of(question)

    def opening(self, condition: ShowIf) -> Key | None:
        """Those who gave an answer that opens a question; None when nobody could.

        Several boxes are one more box, "one of them": `unions` ties it to each.

        "Ne sait pas" and "not concerned" answer nothing: they are left out.
        """
        code, axis = condition.question, self.axis(condition.question)
        any_of = [one for one in condition.any_of if one in axis.labels]
        if not any_of:
            return None
        if axis.is_multiple:
            return self.box(code, EITHER.join(sorted(any_of)))
        return frozenset({(self.name(code), self.union(self.name(code), any_of))})

    def is_opened(self, key: Key, condition: ShowIf) -> bool:
        """Whether all that a name counts gave an answer that opens a question."""
        name = self.name(condition.question)
        if self.axis(condition.question).is_multiple:
            return any((f"{name}:{one}", YES) in key for one in condition.any_of)
        label = dict(key).get(name)
        members = self.groups.get(name, {}).get(label or "", (label,))
        return label is not None and {*members} <= {*condition.any_of}

    def left(self, code: str) -> str:
        """The category of those who did not answer a question."""
        return UNASKED if self.conditions(code) else MISSING

    def is_by_box(self, code: str) -> bool:
        """Whether a box of a question was named."""
        start = f"{self.name(code)}:"
        named = (one for one in self.categories if one.startswith(start))
        return any(EITHER not in one for one in named)

    def has(self, key: Key) -> bool:
        """Whether all that a cell names is a variable with categories."""
        return all(name in self.categories for name, _label in key)

    def code(self, name: str) -> str | None:
        """The variable of the desk behind a name; None for one of the check alone."""
        return self._codes.get(name.partition(":")[0])

    def union(self, name: str, labels: Sequence[str]) -> str:
        """The name of several categories taken together."""
        if len(labels) == 1:
            return labels[0]
        union = EITHER.join(sorted(labels))
        self.groups.setdefault(name, {})[union] = tuple(labels)
        return union

    def box(self, code: str, option: str, answer: str = YES) -> Key:
        """Those who ticked a box, or who answered the question and left it empty."""
        name = self.name(code)
        box = f"{name}:{option}"
        self.categories[box] = {YES, NO}
        return frozenset({(name, ANSWERED), (box, answer)})

    def count(self, key: Key) -> int:
        """How many persons a name counts."""
        return int(self.mask(key).sum())

    def mask(self, key: Key) -> Mask:
        """Those whom a name counts."""
        found: Mask = np.ones(len(self.answers), dtype=bool)
        for name, label in key:
            np.logical_and(found, self._inside(name, label), out=found)
        return found

    def _inside(self, name: str, label: str) -> Mask:
        variable, _colon, box = name.partition(":")
        axis = self.axis(self._codes[variable])
        if label in (MISSING, UNASKED):
            return ~axis.answered
        if label == ANSWERED:
            return axis.answered
        if box:
            ticked = _any(axis, box.split(EITHER))
            return ticked if label == YES else axis.answered & ~ticked
        return _any(axis, self.groups.get(name, {}).get(label, (label,)))


def _weights(answers: Answers) -> Axis:
    """A category for each weight that a file gave: whoever weighs as much is alike."""
    given = answers.context.weights
    found, places = np.unique(given[~np.isnan(given)], return_inverse=True)
    positions = np.full(len(given), -1)
    positions[~np.isnan(given)] = places
    return axis([str(n) for n in range(len(found))], positions)


def _any(axis: Axis, labels: Sequence[str]) -> Mask:
    # A category that nobody gave is in no axis.
    places = [axis.labels.index(one) for one in labels if one in axis.labels]
    found: Mask = np.any(axis.masks[places], axis=0)
    return found


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a table: the persons of each category, of all, of whoever is kept.

    A category that a filter on the same variable leaves out has no persons: it is not
    there. `against` completes the boxes: those who did not tick each.
    """

    pairs: dict[str, Key]
    against: tuple[Key, ...]
    answered: Key
    kept: Key

    def at(self, code: str) -> Key | None:
        return self.answered if code == TOTAL else self.pairs.get(code)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The name of each number that a table shows."""

    rows: Face
    columns: Face
    layers: dict[str, Key]
    weighed: Key = EVERYBODY
    """Those who have a weight: the answers to what the table is calibrated on."""

    def part(self, layer: str, row: str, column: str) -> Key | None:
        """A count; None for a cell that a filter empties."""
        first, second = self.rows.at(row), self.columns.at(column)
        if first is None or second is None or layer not in self.layers:
            return None
        return self.layers[layer] | self.weighed | first | second

    def base(self, layer: str, row: str) -> Key | None:
        return self.part(layer, row, TOTAL)

    def kept(self, layer: str) -> Key:
        return self.layers[layer] | self.rows.kept | self.columns.kept

    def shown(self) -> Iterator[Key]:
        """All that the table tells, boxes left empty included."""
        yield from map(self.kept, self.layers)
        yield from self.cells()

    def cells(self) -> Iterator[Key]:
        """Those of whoever has a weight, if the table is weighted."""
        for within in self.layers.values():
            for row, column in product(_told(self.rows), _told(self.columns)):
                yield within | self.weighed | row | column

    def margins(self) -> Iterator[Key]:
        """Numbers that tie those shown, whether or not anyone knows them."""
        for within in self.layers.values():
            for row in _told(self.rows):
                yield within | self.weighed | row | self.columns.kept
            for column in _told(self.columns):
                yield within | self.weighed | self.rows.kept | column


def _told(face: Face) -> Iterator[Key]:
    yield from face.pairs.values()
    yield from face.against
    yield face.answered


def numbers(names: Names, query: Query, *, is_weighted: bool = False) -> Numbers:
    """The names of all the numbers of a table."""
    chosen: dict[str, list[str]] = {}
    for code, category in query.filters:
        chosen.setdefault(code, []).append(category)
    sides = (query.rows, query.columns, query.layers)
    within: Key = frozenset()
    for code, categories in chosen.items():
        if names.axis(code).is_multiple:
            (box,) = categories
            within |= names.box(code, box)
        elif code not in sides:
            name = names.name(code)
            within |= {(name, names.union(name, categories))}
    rows, columns = (
        _face(names, code, chosen.get(code), within)
        for code in (query.rows, query.columns)
    )
    layers = {"": within}
    if query.layers:
        face = _face(names, query.layers, chosen.get(query.layers), within)
        layers = {label: within | key for label, key in face.pairs.items()}
    placed = {*sides, *chosen}
    margins = [one.variable for one in query.margins if one.variable not in placed]
    weighed = frozenset((names.name(code), ANSWERED) for code in margins)
    if query.is_given:
        files = [str(one) for one in query.weight_files]
        name = names.name(GIVEN)
        weighed |= {(name, names.union(name, files) if files else ANSWERED)}
    return Numbers(rows, columns, layers, weighed if is_weighted else EVERYBODY)


def _face(names: Names, code: str, chosen: Sequence[str] | None, within: Key) -> Face:
    axis, name = names.axis(code), names.name(code)
    if axis.is_multiple:
        answered: Key = frozenset({(name, ANSWERED)})
        boxes = {label: names.box(code, label) for label in axis.labels}
        against = (
            names.box(code, label, NO)
            for label, key in boxes.items()
            if not key <= within
        )
        return Face(boxes, tuple(against), answered, EVERYBODY)
    labels = axis.labels if chosen is None else tuple(chosen)
    every = ANSWERED if chosen is None else names.union(name, labels)
    whole: Key = frozenset({(name, every)})
    pairs: dict[str, Key] = {label: frozenset({(name, label)}) for label in labels}
    return Face(pairs, (), whole, EVERYBODY if chosen is None else whole)


def by_weight(names: Names, query: Query, numbers: Numbers) -> set[Key]:
    """What a weighted table tells to whoever knows the weights: each number by them.

    A count and a weighted share are two equations: with the margins, which are
    published, they give how many of each category of the margins are in a cell.
    """
    found = {*numbers.cells()}
    codes = [one.variable for one in query.margins]
    for code in [*codes, WEIGHT] if query.is_given else codes:
        name = names.name(code)
        found = {
            _without(key, name) | {(name, label)}
            for key in found
            for label in _labels(names, name, code, key)
        }
    return found


def _without(key: Key, name: str) -> Key:
    return frozenset(pair for pair in key if pair[0] != name)


def _labels(names: Names, name: str, code: str, key: Key) -> set[str]:
    """The categories of a variable that a name leaves open."""
    groups = names.groups.get(name, {})
    left = {*names.axis(code).labels}
    for other, label in key:
        if other == name:
            left &= {*groups.get(label, (label,))}
    return left
