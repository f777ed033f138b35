"""What the reader of kept tables knows besides them.

* The map shows which EPCI answered: a group of territories holds at least as many
  respondents as EPCI that answered there (rule 6, record 0013).
* Whoever answered a question with boxes ticked one at least, and no more than allowed.
* An option is placed first by no more people than place it among the first.
* Nobody ticked an option offered to other profiles, nor answered a question that
  earlier answers leave out. Whoever was asked it gave one of these answers, and the
  reader is deemed to know how many were asked and said nothing.

Only what is true of the answers is said: a file imported may break such a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import inf

import numpy as np

from jalons.analysis.disclosure import Background, Bounds, Equation, Key
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.observatory.degrees import first_code, ranks_within, top_of
from jalons.questionnaires.definitions import Definition
from jalons.tabulations.naming import (
    ANSWERED,
    EITHER,
    EVERYBODY,
    NO,
    PROFILE,
    YES,
    Names,
)
from jalons.tabulations.variables import OF_TERRITORY

TICKS, MORE, SPARE, MOST = "(ticks)", "(more)", "(spare)", "(most)"
ASIDE = "(opened without an answer)"
NOBODY = Bounds(0, 0)


def background(
    names: Names,
    definition: Definition,
    cells: Collection[Key],
    openings: Collection[Equation] = (),
    boxes: Collection[Equation] = (),
) -> Background:
    """All that is known of these cells and of what ties them."""
    limits = dict(_counted_on_the_map(names, cells))
    limits |= dict(_silent(names, openings))
    limits |= dict(_first_places(names, definition, cells))
    impossible = _Impossible(names, definition)
    empty = {key for key in cells if impossible.holds(key) and not names.count(key)}
    limits |= dict.fromkeys(empty, NOBODY)
    sums = [*_ticks(names, definition, cells), *openings, *boxes]
    return Background(limits, sums, frozenset({EVERYBODY, *empty}))


def opened(names: Names, cells: Collection[Key]) -> Iterator[Equation]:
    """What ties the base of a question to the answers that open it.

    Those who gave one of these answers replied, or were asked and said nothing; others
    may have been asked because they did not know.
    """
    for key in cells:
        for name, label in key:
            code = names.code(name) if label == ANSWERED else None
            is_ticked = any(other.startswith(f"{name}:") for other, _label in key)
            if code is None or is_ticked:
                continue
            rest = key - {(name, ANSWERED)}
            for one in names.conditions(code):
                opening = names.opening(one)
                if opening and not {*dict(rest)} & {*dict(opening)}:
                    yield _apart(names, key, rest | opening, (name, MISSING))
                elif names.is_opened(rest, one):
                    yield _apart(names, key, rest, (name, MISSING))


def _apart(
    names: Names, replied: Key, opened: Key, silent: tuple[str, str]
) -> Equation:
    """Those who replied and those who opened, and what the ones are more than the
    others: those who said nothing, less those who opened without an answer."""
    if names.count(replied) <= names.count(opened):
        return Equation(opened, (replied, opened | {silent}))
    return Equation(replied, (opened, replied | opened | {(ASIDE, silent[0])}))


def unions(names: Names, cells: Collection[Key]) -> Iterator[Equation]:
    """What ties "one of these boxes" to each of them, and to the others.

    Whoever ticked one of two ticked the first, or the second alone. Whoever ticked none
    of them, and answered, ticked another one at least.
    """
    for key in cells:
        for name, label in key:
            code, _colon, union = name.partition(":")
            boxes = union.split(EITHER)
            if label != YES or len(boxes) < 2 or not names.is_by_box(code):
                continue
            rest = key - {(name, YES)}
            options = [*names.axis(code).labels]
            ticked = {one: (_in_a_box(names, code, one, YES)) for one in options}
            yield Equation(key, tuple(_one_by_one(names, rest, code, boxes)))
            yield from _elsewhere(
                rest | {(name, NO)},
                code,
                [pair for one, pair in ticked.items() if one not in boxes],
            )


def _in_a_box(names: Names, code: str, option: str, answer: str) -> tuple[str, str]:
    (pair,) = names.box(code, option, answer) - {(names.name(code), ANSWERED)}
    return pair


def _one_by_one(
    names: Names, rest: Key, code: str, boxes: Sequence[str]
) -> Iterator[Key]:
    """The first box; the second without the first; and so on."""
    for one in boxes:
        yield rest | {_in_a_box(names, code, one, YES)}
        rest |= {_in_a_box(names, code, one, NO)}


def _elsewhere(
    none: Key, code: str, others: Sequence[tuple[str, str]]
) -> Iterator[Equation]:
    ticks = none | {(TICKS, code)}
    if others:
        yield Equation(ticks, tuple(none | {pair} for pair in others))
        yield Equation(ticks, (none, none | {(MORE, code)}))


def _silent(
    names: Names, openings: Collection[Equation]
) -> Iterator[tuple[Key, Bounds]]:
    for one in openings:
        first, rest = one.parts
        count = names.count(one.total) - names.count(first)
        yield rest, Bounds(count, count)


def _counted_on_the_map(
    names: Names, cells: Collection[Key]
) -> Iterator[tuple[Key, Bounds]]:
    """At least one respondent for each EPCI of a group of territories."""
    positions = names.answers.matrix.territories.positions
    for key in cells:
        if key and all(names.code(name) in OF_TERRITORY for name, _label in key):
            epci = len(np.unique(positions[names.mask(key)]))
            yield key, Bounds(epci, inf)


def _first_places(
    names: Names, definition: Definition, cells: Collection[Key]
) -> Iterator[tuple[Key, Bounds]]:
    """An option is first for no more people than placed it among the first.

    The restitution counts the latter; their number, even hidden, is taken as known.
    """
    matrix = names.answers.matrix
    for question in definition.questions:
        code = first_code(question.code)
        if question.type != "ranking" or names.code(code) is None:
            continue
        among = ranks_within(question, matrix, top_of(question))
        for option, mask in among.items():
            key = Key({(code, option)})
            if key in cells:
                yield key, Bounds(0, int(mask.sum()))


class _Impossible:
    """Pairs of categories in which the questionnaire leaves nobody."""

    def __init__(self, names: Names, definition: Definition) -> None:
        self.names = names
        self.offered = {
            (question.code, option.code): frozenset(option.profiles)
            for question in definition.questions
            for option in question.options
            if option.profiles
        }
        self.alone = {
            f"{question.code}:{option.code}"
            for question in definition.questions
            for option in question.options
            if option.is_exclusive
        }

    def holds(self, key: Key) -> bool:
        left_out = any(self._is_left_out(key, *pair) for pair in key)
        return left_out or any(self._goes_with_another(key, box) for box in self.alone)

    def _goes_with_another(self, key: Key, box: str) -> bool:
        """Whether a box that excludes the others is ticked with one of them."""
        code, _colon, option = box.partition(":")
        others = (
            name.removeprefix(f"{code}:").split(EITHER)
            for name, label in key
            if label == YES and name.startswith(f"{code}:")
        )
        return (box, YES) in key and any(option not in one for one in others)

    def _is_left_out(self, key: Key, name: str, label: str) -> bool:
        """Whether the rest of the key, or the form, forbids this category."""
        variable, _colon, boxes = name.partition(":")
        code = self.names.code(name) or variable
        if label == MISSING:
            question = self.names.question(code)
            return question is not None and question.required
        if label in (NO, UNASKED):
            return False
        said = dict(key)
        for option in (boxes or label).split(EITHER):
            offered = self.offered.get((code, option))
            if offered is None:
                break
            if not self._excludes(said, PROFILE, offered):
                break
        else:
            return True
        return any(
            self._excludes(said, self._name(one.question), frozenset(one.any_of))
            for one in self.names.conditions(code)
        )

    def _name(self, code: str) -> str:
        return PROFILE if code == self.names.profile else code

    def _excludes(
        self, said: Mapping[str, str], name: str, allowed: frozenset[str]
    ) -> bool:
        """Whether what the key says of a variable is none of what is allowed."""
        label = said.get(name)
        if label is None or label == ANSWERED:
            return False
        members = self.names.groups.get(name, {}).get(label, (label,))
        return not allowed & {*members}


def _ticks(
    names: Names, definition: Definition, cells: Collection[Key]
) -> Iterator[Equation]:
    """Between one and the most allowed for each of those who answered."""
    for code, rests in _boxes(cells).items():
        question = definition.question(code)
        if question is None:
            continue
        axis = names.axis(code)
        ticked = axis.masks[:, axis.answered].sum(axis=0)
        most = question.max_choices
        if most is not None and ticked.max(initial=0) > most:
            most = None
        for rest, options in rests.items():
            if options != {*axis.labels}:
                continue
            boxes = tuple(rest | {(f"{code}:{one}", YES)} for one in sorted(options))
            yield from _between(rest, code, boxes, most)


def _boxes(cells: Collection[Key]) -> dict[str, dict[Key, set[str]]]:
    """The boxes counted, by question and by what else the cell says."""
    found: dict[str, dict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key in cells:
        for pair in key:
            name, colon, option = pair[0].partition(":")
            if colon and pair[1] == YES and EITHER not in option:
                found[name][key - {pair}].add(option)
    return found


def _between(
    rest: Key, code: str, boxes: tuple[Key, ...], most: int | None
) -> Iterator[Equation]:
    ticks = rest | {(TICKS, code)}
    yield Equation(ticks, boxes)
    yield Equation(ticks, (rest, rest | {(MORE, code)}))
    if most is not None:
        limit = rest | {(MOST, code)}
        yield Equation(limit, (rest,) * most)
        yield Equation(limit, (ticks, rest | {(SPARE, code)}))
