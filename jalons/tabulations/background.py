"""What the reader of kept tables knows besides them.

* The map shows which EPCI answered: a group of territories holds at least as many
  respondents as EPCI that answered there (rule 6, record 0013).
* Whoever answered a question with boxes ticked one at least, and no more than allowed.
* An option is placed first by no more people than place it among the first.
* Nobody ticked an option offered to other profiles, nor answered a question that
  earlier answers leave out.

Only what is true of the answers is said: a file imported may break such a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from math import inf

import numpy as np

from jalons.analysis.disclosure import Background, Bounds, Equation, Key
from jalons.analysis.hiding import MISSING
from jalons.observatory.degrees import first_code, ranks_within, top_of
from jalons.questionnaires.definitions import Definition, Question
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
NOBODY = Bounds(0, 0)


def background(
    names: Names, definition: Definition, cells: Collection[Key]
) -> Background:
    """All that is known of these cells and of what ties them."""
    limits = dict(_counted_on_the_map(names, cells))
    limits |= dict(_first_places(names, definition, cells))
    impossible = _Impossible(names, definition)
    empty = {key for key in cells if impossible.holds(key) and not names.count(key)}
    limits |= dict.fromkeys(empty, NOBODY)
    sums = [*_ticks(names, definition, cells)]
    return Background(limits, sums, frozenset({EVERYBODY, *empty}))


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
        self.offered: dict[tuple[str, str], frozenset[str]] = {}
        self.asked: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for section in definition.sections:
            for question in section.questions:
                self._read(question, [section.show_if, question.show_if])

    def _read(self, question: Question, conditions: list) -> None:  # type: ignore[type-arg]
        for option in question.options:
            if option.profiles:
                at = (question.code, option.code)
                self.offered[at] = frozenset(option.profiles)
        for one in filter(None, conditions):
            self.asked[question.code].append((one.question, frozenset(one.any_of)))

    def holds(self, key: Key) -> bool:
        return any(self._is_left_out(key, *pair) for pair in key)

    def _is_left_out(self, key: Key, name: str, label: str) -> bool:
        """Whether the rest of the key forbids this category."""
        if label in (NO, MISSING):
            return False
        variable, _colon, boxes = name.partition(":")
        code = self.names.code(name) or variable
        said = dict(key)
        for option in (boxes or label).split(EITHER):
            offered = self.offered.get((code, option))
            if offered is None:
                break
            if not self._excludes(said, PROFILE, offered):
                break
        else:
            return True
        question = code.partition(".")[0]
        return any(
            self._excludes(said, self._name(other), allowed)
            for other, allowed in self.asked[question]
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
            if colon and pair[1] == YES:
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
