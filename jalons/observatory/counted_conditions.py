"""Questions put to some only: how many are asked tells who gave the answer before.

Whoever did not answer a question put to everybody is no secret. Of a question that an
earlier answer opens, the number asked is the number of those who gave this answer, and
the others gave another one. A table of who was asked is therefore protected with those
of the answers, tied to the answer that opens; when it must be hidden, nothing is told
of the question. The reader is deemed to know how many were asked and said nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from jalons.analysis.disclosure import Background, Equation, Key
from jalons.analysis.facilitators import YES
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.observatory.answers import Mask, everybody
from jalons.observatory.counted import Tables, Tallies, counted, masked
from jalons.observatory.degrees import first_code
from jalons.observatory.material import Material
from jalons.observatory.redaction import base_of, box
from jalons.questionnaires.definitions import Definition, Question, ShowIf

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
    for question in _conditional(material.definition):
        if any(base_of(code) in bases for code in _codes(question)):
            name, masks = asked_of(question.code), {YES: _asked(question, material)}
            said = masked(name, masks, len(material.answers), UNASKED)
            found[name] = counted(said, within=WHOLE)
            sums += _ties(question, material.definition, tallies)
    return found, Background({}, sums, frozenset({WHOLE} if found else ()))


def secret_bases(tables: Tables, bases: Tables, definition: Definition) -> set[str]:
    """Bases that may not leave: who was asked would tell what few people answered."""
    found = set()
    for question in _conditional(definition):
        asked = tables.get(asked_of(question.code))
        if asked is None or any(c.status == "secret" for c in asked.cells.values()):
            found |= {base_of(code) for code in _codes(question)} & bases.keys()
    return found


def _conditional(definition: Definition) -> Iterator[Question]:
    return (q for q in definition.questions if definition.conditions_of(q))


def _codes(question: Question) -> Iterator[str]:
    yield question.code
    yield first_code(question.code)
    yield from map(question.part_code, question.row_codes)
    yield from (box(question.code, option) for option in question.option_codes)


def _asked(question: Question, material: Material) -> Mask:
    found = everybody(material.answers)
    for one in material.definition.conditions_of(question):
        ticks = material.answers.ticks[one.question]
        rows = [ticks.options.index(option) for option in one.any_of]
        found &= np.any(ticks.ticked[rows], axis=0)
    return found


def _ties(
    question: Question, definition: Definition, tallies: Tallies
) -> Iterator[Equation]:
    """Those asked gave the answer that opens, and whoever gave it was asked.

    Under two conditions, those who gave one of the answers are more than those asked.
    """
    conditions = definition.conditions_of(question)
    asked = WHOLE | {(asked_of(question.code), YES)}
    for one in conditions:
        opener = definition.question(one.question)
        if opener is None:
            continue
        opening = Key({("opening", f"{question.code} {one.question}")})
        yield Equation(opening, (asked, *_more(opening, len(conditions) > 1)))
        cells = [*_cells(one, opener, tallies)]
        if opener.type != "multiple" or len(one.any_of) == 1:
            is_partial = len(cells) < len(one.any_of)
            yield Equation(opening, (*cells, *_more(opening, is_partial)))
            continue
        for cell in cells:
            yield Equation(opening, (cell, Key({*opening, *cell})))


def _more(key: Key, is_any: bool) -> Iterator[Key]:
    """Those whom no table tells, if there may be any."""
    if is_any:
        yield key | {("rest", MISSING)}


def _cells(one: ShowIf, opener: Question, tallies: Tallies) -> Iterator[Key]:
    """What tables tell of the answers that open a question."""
    for option in one.any_of:
        code, label = opener.code, option
        if opener.type == "multiple":
            code, label = box(opener.code, option), YES
        table = tallies.get(code)
        if table and any(at[0] == label for at in table.counts):
            yield table.within | {(code, label)}
