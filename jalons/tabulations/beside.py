"""The tables of the restitution under the names of the desk: what is already decided.

A table of the restitution counts those who answered its question, or those among them
to whom an option was offered; at the desk these are categories like others. Only
tables that speak of the same questions, or of who answered, meet those of the desk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from jalons.analysis.disclosure import Key
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.analysis.secrecy import TOTAL, Published
from jalons.analysis.tabulation import Mask
from jalons.observatory.answers import profile_codes, ticked
from jalons.observatory.counted_persons import NO_PROFILE
from jalons.observatory.degrees import (
    SPREAD_TYPES,
    first_code,
    lines_of,
    ranks_within,
    spread_part,
)
from jalons.questionnaires.definitions import NOT_CONCERNED, Definition, Option
from jalons.tabulations.classed import base_of
from jalons.tabulations.naming import (
    ANSWERED,
    EITHER,
    EVERYBODY,
    PROFILE,
    YES,
    Names,
)
from jalons.tabulations.variables import DEPARTEMENT

OF_PROFILE, OF_PLACE, BASE = ("group", "profile"), "departement", "answered "


class CountedOtherwise(Exception):
    """The restitution counts other answers to this question than the desk does."""


def decided(
    names: Names, definition: Definition, tables: Sequence[Published]
) -> dict[Key, int | None]:
    """The cells of these tables, by the names of the desk.

    Raises CountedOtherwise: their cells are then not those of the desk, and tell of it.
    """
    asked = {names.code(name) for name in names.categories}
    if definition.with_role("profile"):
        names.name(names.profile)
    names.name(DEPARTEMENT)
    found: dict[Key, int | None] = {}
    for table in tables:
        read = _Reader(names, definition, table)
        code = read.question
        if code is not None and code in asked and not _is_same(names, definition, code):
            raise CountedOtherwise(code)
        if code is None or code in asked:
            found |= dict(read.cells())
    return found


def _is_same(names: Names, definition: Definition, code: str) -> bool:
    """Whether the desk and the restitution count the same answers to a question.

    "Not concerned" may be an answer for the restitution alone.
    """
    theirs, axis = _chosen(names, definition, code), names.axis(code)
    return {*theirs} == {*axis.labels} and all(
        np.array_equal(theirs[label], mask)
        for label, mask in zip(axis.labels, axis.masks, strict=True)
    )


def _chosen(names: Names, definition: Definition, code: str) -> Mapping[str, Mask]:
    """Who gave each answer, as the restitution counts them."""
    question = definition.question(base_of(code).partition(".")[0])
    matrix = names.answers.matrix
    if question is None:
        return {}
    if question.type == "ranking":
        is_first = code == first_code(question.code)
        return ranks_within(question, matrix, 1) if is_first else {}
    if question.is_on_a_scale:
        lines = {part.code: part.chosen for part in lines_of(question, matrix)}
        return lines.get(code, {})
    if question.type in SPREAD_TYPES:
        return spread_part(question, matrix).chosen
    return ticked(question, matrix).chosen


class _Reader:
    """One table of the restitution."""

    def __init__(self, names: Names, definition: Definition, table: Published) -> None:
        self.names, self.definition, self.table = names, definition, table
        self.question: str | None = None
        self.option: Option | None = None
        for variable in table.variables:
            if variable not in (*OF_PROFILE, OF_PLACE):
                code, _colon, option = variable.removeprefix(BASE).partition(":")
                self.question = code
                self.option = self._limited(code, option)

    def _limited(self, code: str, option: str) -> Option | None:
        """The option of a table of boxes, when some profiles alone were offered it."""
        question = self.definition.question(code)
        options = question.options if question else ()
        return next((o for o in options if o.code == option and o.profiles), None)

    def cells(self) -> Iterator[tuple[Key, int | None]]:
        """Every cell but those of nobody: all those counted answered the question."""
        for at, cell in self.table.cells.items():
            labels = dict(zip(self.table.variables, at, strict=True))
            if not any(self._is_nobody(*one) for one in labels.items()):
                yield self._key(labels), cell.count

    def _is_nobody(self, variable: str, label: str) -> bool:
        """Not an answer: those not concerned are missing for the desk."""
        if variable in (*OF_PROFILE, OF_PLACE):
            return False
        if variable.startswith(BASE):
            is_left = label in (MISSING, UNASKED)
            return label == NOT_CONCERNED or (is_left and self._parts_missing)
        return label == MISSING

    @property
    def _parts_missing(self) -> bool:
        return any(at[-1] == NOT_CONCERNED for at in self.table.cells)

    def _key(self, labels: dict[str, str]) -> Key:
        key = EVERYBODY
        group = TOTAL
        for variable, label in labels.items():
            if variable in OF_PROFILE:
                group = label
            elif variable == OF_PLACE:
                if label != TOTAL:
                    key |= {(OF_PLACE, label)}
            else:
                key |= self._said(variable, label)
        return key | self._profile(group, ticks=any(v == YES for _n, v in key))

    def _said(self, variable: str, label: str) -> Key:
        if variable.startswith(BASE):
            code = variable.removeprefix(BASE)
            said = ANSWERED if label == YES else self.names.left(code)
            return frozenset({(self.names.name(code), said)})
        code, colon, option = variable.partition(":")
        name = self.names.name(code)
        if label == TOTAL:
            return frozenset({(name, ANSWERED)})
        if colon:
            return self.names.box(code, option, label)
        return frozenset({(name, label)})

    def _profile(self, group: str, *, ticks: bool) -> Key:
        """The profiles counted: of those offered an option, unless it is ticked."""
        if group in (NO_PROFILE, MISSING):
            return frozenset({(PROFILE, MISSING)})
        members: Collection[str] = group.split(EITHER)
        if self.option is not None and not ticks:
            every = profile_codes(self.definition)
            members = every if group == TOTAL else members
            members = [one for one in members if one in self.option.profiles]
        elif group == TOTAL:
            return EVERYBODY
        union = self.names.union(PROFILE, [*members])
        return frozenset({(PROFILE, union)})
