"""Questions put to some only: how many are asked tells who gave the answer before.

Whoever did not answer a question put to everybody is no secret. Of a question that an
earlier answer opens, the number asked is the number of those who gave this answer, and
the others gave another one. A table of who was asked is therefore protected with those
of the answers, tied to the answer that opens; when it must be hidden, nothing is told
of the question. The reader is deemed to know how many were asked and said nothing, or
were asked because they did not know. Profiles are counted in another set of tables:
there, a question put to some of them counts as the number of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jalons.analysis.disclosure import Background, Bounds, Equation, Key
from jalons.analysis.facilitators import YES
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.analysis.secrecy import TOTAL, Tally
from jalons.observatory.answers import (
    Mask,
    everybody,
    gave,
    of_profiles,
    profile_codes,
    put_to,
    ticked,
)
from jalons.observatory.counted import Tables, Tallies, counted, masked
from jalons.observatory.degrees import first_code
from jalons.observatory.material import Material
from jalons.observatory.redaction import base_of, box
from jalons.observatory.variables import TOGETHER
from jalons.questionnaires.definitions import (
    DONT_KNOW,
    NOT_CONCERNED,
    Definition,
    Question,
    ShowIf,
)

WHOLE = Key({("answered", "(the survey)")})
"""All respondents, whose number stands under every figure."""


def is_conditional(code: str, definition: Definition) -> bool:
    """Whether an earlier answer decides who is asked what a table counts."""
    question = definition.question(re.split(r"[.-]", code)[0])
    return question is not None and bool(definition.conditions_of(question))


def asked_of(question: str) -> str:
    """The name of the table of those who were asked a question."""
    return f"asked:{question}"


def asked_tallies(
    material: Material, tallies: Tallies, bases: Tables
) -> tuple[Tallies, Background]:
    """Who was asked each question whose base leaves, and what ties it to answers."""
    found: Tallies = {}
    sums: list[Equation] = []
    limits: dict[Key, Bounds] = {}
    for question in conditional(material.definition):
        if bases_under(question, bases):
            put = put_to(question, material.definition, material.answers)
            name, masks = asked_of(question.code), {YES: put}
            said = masked(name, masks, len(material.answers), UNASKED)
            found[name] = counted(said, within=WHOLE)
            for opening in _openings(question, material, tallies):
                sums += opening.ties()
                limits |= opening.limits()
    return found, Background(limits, sums, frozenset({WHOLE} if found else ()))


def profiles_opening(question: Question, definition: Definition) -> tuple[str, ...]:
    """The profiles to whom alone a question is put; none when it is put to all."""
    conditions = definition.conditions_of(question)
    allowed = [one.any_of for one in conditions if is_on_profile(one, definition)]
    codes = profile_codes(definition) if allowed else ()
    return tuple(code for code in codes if all(code in one for one in allowed))


def is_on_profile(condition: ShowIf, definition: Definition) -> bool:
    """Whether it is the profile that opens."""
    profile = definition.with_role("profile")
    return profile is not None and condition.question == profile.code


def bases_under(question: Question, bases: Tables) -> set[str]:
    """The names of the bases of a question, of its lines and of its options."""
    return {base_of(code) for code in _codes(question)} & bases.keys()


def secret_bases(tables: Tables, bases: Tables, definition: Definition) -> set[str]:
    """Bases that may not leave: who was asked would tell what few people answered."""
    found = set()
    for question in conditional(definition):
        asked = tables.get(asked_of(question.code))
        if asked is None or any(c.status == "secret" for c in asked.cells.values()):
            found |= bases_under(question, bases)
    return found


def conditional(definition: Definition) -> Iterator[Question]:
    """The questions put to some only."""
    return (q for q in definition.questions if definition.conditions_of(q))


def _codes(question: Question) -> Iterator[str]:
    yield question.code
    yield first_code(question.code)
    yield from map(question.part_code, question.row_codes)
    yield from (box(question.code, option) for option in question.option_codes)


def _openings(
    question: Question, material: Material, tallies: Tallies
) -> Iterator[_Opening]:
    """What opens a question, among all, and among the profiles to whom it is put."""
    definition = material.definition
    profiles = profiles_opening(question, definition)
    conditions = [
        one
        for one in definition.conditions_of(question)
        if not is_on_profile(one, definition)
    ]
    for one in conditions:
        opener = definition.question(one.question)
        if opener is None:
            continue
        among = (question, one, opener, material, tallies)
        yield _Opening(*among)
        groups = _groups(one, tallies, profiles)
        if groups:
            yield _Opening(*among, groups)


def _groups(
    one: ShowIf, tallies: Tallies, profiles: tuple[str, ...]
) -> tuple[str, ...]:
    """The groups of a table of what opens that hold some of these profiles."""
    names = (one.question, *(box(one.question, option) for option in one.any_of))
    table = next((tallies[name] for name in names if name in tallies), None)
    labels = dict.fromkeys(at[1] for at in table.counts if at[1:]) if table else ()
    return tuple(one for one in labels if {*one.split(TOGETHER)} & {*profiles})


@dataclass(frozen=True, slots=True)
class _Opening:
    """Those who gave an answer that opens a question, in all or in some groups.

    They were asked it, or spared it by something else that decides too: no more of
    them than those who said something and whom this leaves out, and nobody when one
    follows from the other. They are counted in the tables of the question that opens,
    or their answer is none of these: how many they are is deemed known.
    """

    question: Question
    one: ShowIf
    opener: Question
    material: Material
    tallies: Tallies
    groups: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        name = " ".join((self.question.code, self.one.question, *self.groups))
        return Key({("opening", name)})

    @property
    def silent(self) -> Key:
        return self.key | {("opened by", MISSING)}

    @property
    def spared(self) -> Key:
        return self._rest("spared")

    def ties(self) -> Iterator[Equation]:
        """Those asked gave the answer that opens, and those who gave it were asked."""
        key, cells = self.key, self._cells()
        asked = WHOLE | {(asked_of(self.question.code), YES)}
        yield Equation(key, (asked, self.spared))
        if self._is_one_sum:
            parts = [cell for each in cells.values() for cell in each]
            untold = [self._rest("untold")] if self._is_partial else []
            yield Equation(key, (*parts, self.silent, *untold))
            return
        for option, each in cells.items():
            yield Equation(key, (*each, self.silent, self._rest(option)))

    def _rest(self, name: str) -> Key:
        """Those whom no table tells: each sum has its own."""
        return self.key | {("rest", name)}

    def limits(self) -> dict[Key, Bounds]:
        """How many were spared, or asked without an answer that a table counts."""
        silent = self._silent_count()
        return {
            self.spared: Bounds(0, self._most_spared()),
            self.silent: Bounds(silent, silent),
        }

    def _most_spared(self) -> int:
        """Whoever answered and was not asked may have given the answer that opens."""
        definition, answers = self.material.definition, self.material.answers
        put = put_to(self.question, definition, answers)
        if not (self._among(gave(self.one, answers)) & ~put).any():
            return 0
        met = everybody(answers)
        for one in definition.conditions_of(self.question):
            if one != self.one:
                met &= gave(one, answers)
        answered = np.any(answers.ticks[self.opener.code].ticked, axis=0)
        return int((self._among(answered) & ~met).sum())

    def _among(self, mask: Mask) -> Mask:
        """Those of the groups, when only some are counted."""
        members = [code for one in self.groups for code in one.split(TOGETHER)]
        return mask & of_profiles(members, self.material.answers) if members else mask

    def _silent_count(self) -> int:
        answers = self.material.answers
        opened = self._among(gave(self.one, answers))
        if self._is_one_sum and not self._is_partial:
            told = sum(self._counted(option) for option in self._cells())
            return int(opened.sum()) - told
        chosen = ticked(self.opener, answers).chosen
        said = [chosen[one] for one in self._given if one in chosen]
        return int((opened & ~np.any(said, axis=0)).sum())

    @property
    def _given(self) -> list[str]:
        """The answers that open, but those that no table counts as such."""
        aside, cells = (DONT_KNOW, NOT_CONCERNED), self._cells()
        return [one for one in self.one.any_of if one in cells or one not in aside]

    @property
    def _is_one_sum(self) -> bool:
        """Whether nobody may have given two of these answers."""
        return self.opener.type != "multiple" or len(self._given) < 2

    @property
    def _is_partial(self) -> bool:
        return len(self._given) > len(self._cells())

    def _cells(self) -> dict[str, list[Key]]:
        """What tables tell of each answer that opens: one cell, or one a group."""
        found = {}
        for option in self.one.any_of:
            table, label = self._table(option)
            if table and any(at[0] == label for at in table.counts):
                said = table.within | {(table.variables[0], label)}
                groups = [{("group", one)} for one in self.groups]
                found[option] = [said | one for one in groups] or [said]
        return found

    def _counted(self, option: str) -> int:
        table, label = self._table(option)
        if table is None:
            return 0
        groups = self.groups or (TOTAL,)
        if len(table.variables) == 1:
            return table.counts[label,]
        return sum(table.counts[label, one] for one in groups)

    def _table(self, option: str) -> tuple[Tally | None, str]:
        """The table of an answer, of its box for several answers; its name there."""
        code = self.opener.code
        if self.opener.type == "multiple":
            return self.tallies.get(box(code, option)), YES
        return self.tallies.get(code), option
