"""Tables of persons by degree, rank, number, day or option, for everybody.

The base of each line leaves with it: who chose a degree, who is not concerned, who
gave no answer. When those not concerned are few, they are counted with those who gave
no answer, whose number is no secret; when those who answered are few, nothing leaves,
nor when few were not asked.

A ranking has a table of who placed each option first, and one a option of who placed
it among the first: a reader knows that everybody placed one first, that whoever placed
an option first placed it among the first, and how many ranks were asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

import numpy as np

from jalons.analysis.disclosure import ANY, Background, Bounds, Equation, Key
from jalons.analysis.facilitators import NO, YES
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.analysis.secrecy import (
    PROFESSIONALS,
    TOTAL,
    Cell,
    Published,
    Tally,
)
from jalons.observatory.answers import Mask
from jalons.observatory.counted import Tables, Tallies, Variable, counted, masked
from jalons.observatory.counted_conditions import is_conditional
from jalons.observatory.degrees import (
    AMONG,
    SPREAD_TYPES,
    Part,
    asked,
    choice_part,
    first_code,
    is_choice,
    lines_of,
    ranks_within,
    spread_part,
    top_of,
)
from jalons.observatory.material import Material
from jalons.observatory.redaction import base_of, box
from jalons.questionnaires.definitions import NOT_CONCERNED, Question

NEXT = "suite"


def among_code(question: str, option: str) -> str:
    """The table of those who placed an option among the first."""
    return box(f"{question}-{AMONG}", option)


def degree_bases(material: Material) -> Tables:
    """The base of each line that enough people answered."""
    found = {}
    for part in _parts(material):
        aside = int(part.aside.sum())
        is_put_to_some = is_conditional(part.code, material.definition)
        left = UNASKED if is_put_to_some else MISSING
        counts = {YES: int(part.base.sum()), NOT_CONCERNED: aside, left: 0}
        if aside < PROFESSIONALS:
            del counts[NOT_CONCERNED]
        counts[left] = len(material.answers) - sum(counts.values())
        secret = range(1, PROFESSIONALS)
        if any(n in secret for label, n in counts.items() if label != MISSING):
            continue
        cells: dict[tuple[str, ...], Cell] = {
            (TOTAL, at): Cell(count, "shown") for at, count in counts.items()
        }
        variables = ("profile", f"answered {part.code}")
        found[base_of(part.code)] = Published(variables, cells)
    return found


def degree_tallies(material: Material, bases: Tables) -> tuple[Tallies, Background]:
    """What was answered among these bases, and what a reader knows beside it."""
    found: Tallies = {}
    limits: dict[Key, Bounds] = {}
    sums: list[Equation] = []
    for part in _parts(material):
        if base_of(part.code) in bases and part.base.any():
            if part.is_multiple:
                found |= _boxes(part)
                equation, bounds = _ticked(part, material)
                sums.append(equation)
                limits[equation.total] = bounds
            else:
                found[part.code] = _among(part.code, part.code, part.chosen, part.base)
    for question in asked(material.definition):
        first = first_code(question.code)
        if question.type == "ranking" and first in found:
            tops = _tops(question, material)
            found |= tops
            for equation, bounds in _ties(question, found[first], tops):
                sums.append(equation)
                limits[equation.total] = bounds
    known = frozenset(one.within for one in found.values())
    return found, Background(limits, sums, known)


def _parts(material: Material) -> Iterator[Part]:
    """Every line; of a ranking, who placed each option first."""
    for question in asked(material.definition):
        if question.is_on_a_scale:
            yield from lines_of(question, material.answers)
        elif question.type in SPREAD_TYPES:
            yield spread_part(question, material.answers)
        elif is_choice(question):
            yield choice_part(question, material.answers)
        else:
            masks = ranks_within(question, material.answers, 1)
            nobody = np.zeros(len(material.answers), dtype=bool)
            yield Part(first_code(question.code), masks, nobody)


def _among(name: str, population: str, masks: Mapping[str, Mask], base: Mask) -> Tally:
    """Answers among those who gave one: their number is shown with them."""
    kept = np.nonzero(base)[0].tolist()
    said = masked(name, masks, len(base)).among(kept)
    labels = Variable(name, said.labels, tuple(masks))
    return counted(labels, within=frozenset({("answered", population)}))


def _boxes(part: Part) -> Tallies:
    """One table a box to tick, among those who answered."""
    return {
        box(part.code, option): _among(
            box(part.code, option), part.code, {YES: yes, NO: ~yes}, part.base
        )
        for option, yes in part.chosen.items()
    }


def _ticked(part: Part, material: Material) -> tuple[Equation, Bounds]:
    """Whoever answered ticked one box at least, and no more than the most allowed."""
    question = material.definition.question(part.code)
    most = question.max_choices if question else None
    n = int(part.base.sum())
    within = Key({("answered", part.code)})
    boxes = tuple(within | {(box(part.code, one), YES)} for one in part.chosen)
    ticks = sum(int((yes & part.base).sum()) for yes in part.chosen.values())
    total = Key({("ticks", part.code), ("group", TOTAL)})
    return Equation(total, boxes), Bounds(n, max(ticks, most * n) if most else inf)


def _tops(question: Question, material: Material) -> Tallies:
    most = top_of(question)
    if most == 1:
        return {}
    masks = ranks_within(question, material.answers, most)
    base: Mask = np.any(list(masks.values()), axis=0)
    found = {}
    for option, yes in masks.items():
        name = among_code(question.code, option)
        boxes = {YES: yes, NO: ~yes}
        found[name] = _among(name, first_code(question.code), boxes, base)
    return found


def _ties(
    question: Question, first: Tally, tops: Tallies
) -> Iterator[tuple[Equation, Bounds]]:
    """First and next make "among the first"; everybody gave from one rank to all."""
    if not tops:
        return
    n, most = first.counts[TOTAL,], top_of(question)
    parts = []
    for option in question.option_codes:
        name = among_code(question.code, option)
        among = first.within | {(name, YES)}
        placed = first.within | {(first_code(question.code), option)}
        after = Key({(f"{question.code}-{NEXT}", option)})
        parts.append(among)
        yield Equation(among, (placed, after)), ANY
    ranks = Key({("ranks", question.code)})
    yield Equation(ranks, tuple(parts)), Bounds(n, most * n)
