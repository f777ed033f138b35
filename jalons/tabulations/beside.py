"""The tables of the restitution under the names of the desk: what is already decided.

A table of the restitution counts those who answered its question, or those among them
to whom an option was offered; at the desk these are categories like others. Only
tables that speak of the same questions, or of who answered, meet those of the desk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from jalons.analysis.disclosure import Key
from jalons.analysis.hiding import MISSING
from jalons.analysis.secrecy import TOTAL, Published
from jalons.observatory.answers import profile_codes, ticked
from jalons.observatory.counted_persons import NO_PROFILE
from jalons.questionnaires.definitions import Definition, Option
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


def decided(
    names: Names, definition: Definition, tables: Sequence[Published]
) -> dict[Key, int | None]:
    """The cells of these tables, by the names of the desk."""
    asked = {names.code(name) for name in names.categories}
    if definition.with_role("profile"):
        names.name(names.profile)
    names.name(DEPARTEMENT)
    found: dict[Key, int | None] = {}
    for table in tables:
        read = _Reader(names, definition, table)
        code = read.question
        if code is None or (code in asked and _is_same(names, definition, code)):
            found |= dict(read.cells())
    return found


def _is_same(names: Names, definition: Definition, code: str) -> bool:
    """Whether the desk and the restitution count the same answers to a question.

    "Not concerned" is an answer for the restitution alone: its tables then count other
    persons, which no sum ties to those of the desk.
    """
    question = definition.question(code)
    if question is None:
        return False
    theirs = ticked(question, names.answers.matrix)
    axis = names.axis(code)
    return [*theirs.chosen] == [*axis.labels] and all(
        np.array_equal(theirs.chosen[label], mask)
        for label, mask in zip(axis.labels, axis.masks, strict=True)
    )


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
        is_said = variable not in (*OF_PROFILE, OF_PLACE)
        return label == MISSING and is_said and not variable.startswith(BASE)

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
            name = self.names.name(variable.removeprefix(BASE))
            return frozenset({(name, ANSWERED if label == YES else MISSING)})
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
