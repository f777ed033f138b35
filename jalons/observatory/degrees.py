"""Questions beside the headline ones, of every type, for every audience.

A line of a matrix is read as a scale. The base is those who chose a degree: "not
concerned" and missing answers are counted apart, never as a degree. Numbers and days
are counted by classes, the same ones for the team and the public. Options to choose
are counted when the question has no role of its own and gives no point: the points of
a territory are read on its sheet, what has a role where its role is. What a person says
of herself (`is_personal`) is counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from jalons.analysis.classing import Classes, by_limits, by_wide_periods, quarters
from jalons.analysis.degrees import median_degree, placing
from jalons.analysis.secrecy import PROFESSIONALS
from jalons.observatory.answer_results import (
    Degrees,
    RankedOption,
    Ranking,
    Scale,
    ScaleLine,
    Spread,
)
from jalons.observatory.answers import (
    Mask,
    count_among,
    counted_question,
    everybody,
    put_to,
    ticked,
)
from jalons.questionnaires.definitions import NOT_CONCERNED, Definition, Question
from jalons.surveys.encoding import AnswerMatrix

USUAL_TOP = 3
"""Ranks that count as "among the first", or fewer when fewer are asked."""
SPREAD_TYPES = ("number", "date")
CHOICE_TYPES = ("single", "multiple")
FIRST, AMONG = "premier", "tete"
"""End the names of who placed an option first, or among the first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question, or a line of a matrix, as masks over all the answers."""

    code: str
    chosen: Mapping[str, Mask]
    aside: Mask
    """Those who are not concerned, who chose nothing."""
    is_multiple: bool = False

    @property
    def base(self) -> Mask:
        found: Mask = np.any(list(self.chosen.values()), axis=0)
        return found


def degrees_of(definition: Definition, answers: AnswerMatrix) -> Degrees:
    """The figures of all these questions; without any answer nothing is counted."""
    others = (q for q in asked(definition) if not is_choice(q))
    questions = [(q, put_to(q, definition, answers)) for q in others]
    spreads = (_spread(*q, answers) for q in questions if q[0].type in SPREAD_TYPES)
    choices = (
        counted_question(q, definition, answers, {})
        for q in asked(definition)
        if is_choice(q)
    )
    return Degrees(
        tuple(_scale(*q, answers) for q in questions if q[0].is_on_a_scale),
        tuple(_ranking(*q, answers) for q in questions if q[0].type == "ranking"),
        tuple(one for one in spreads if one.n),
        tuple(one for one in choices if one.groups[0].n),
    )


def asked(definition: Definition) -> tuple[Question, ...]:
    """The questions of these types, in the questionnaire's order."""
    return tuple(q for q in definition.questions if is_counted(q))


def is_counted(question: Question) -> bool:
    if question.is_personal:
        return False
    types = ("ranking", *SPREAD_TYPES)
    return question.is_on_a_scale or question.type in types or is_choice(question)


def is_choice(question: Question) -> bool:
    """Options to choose, the same for everyone, with neither role nor points."""
    is_apart = question.role is not None or question.scoring is not None
    depends = any(option.profiles for option in question.options)
    return question.type in CHOICE_TYPES and not (is_apart or depends)


def lines_of(question: Question, answers: AnswerMatrix) -> Iterator[Part]:
    """A scale, or each line of a matrix."""
    for row in question.row_codes or ("",):
        code = question.part_code(row)
        ticks = answers.ticks[code]
        rows: Mapping[str, Mask] = dict(zip(ticks.options, ticks.ticked, strict=True))
        chosen = {degree: rows[degree] for degree in question.degrees}
        yield Part(code, chosen, rows.get(NOT_CONCERNED, ~everybody(answers)))


def classes_of(question: Question, answers: AnswerMatrix) -> Classes:
    """The class of each number or day: those stated, else made from the answers."""
    if question.type == "date":
        return by_wide_periods(answers.days[question.code], PROFESSIONALS)
    numbers = answers.numbers[question.code]
    limits = question.class_limits or quarters(numbers, PROFESSIONALS)
    return by_limits(numbers, limits)


def spread_part(question: Question, answers: AnswerMatrix) -> Part:
    found = classes_of(question, answers)
    chosen = {code: found.positions == at for at, code in enumerate(found.codes)}
    nobody = ~everybody(answers)
    return Part(question.code, chosen or {"": nobody}, nobody)


def choice_part(question: Question, answers: AnswerMatrix) -> Part:
    """Who chose each option; "ne sait pas" is nobody's choice."""
    chosen, nobody = ticked(question, answers).chosen, ~everybody(answers)
    return Part(question.code, chosen, nobody, question.type == "multiple")


def top_of(question: Question) -> int:
    """How many ranks count as "among the first"."""
    return min(USUAL_TOP, question.max_choices or len(question.options))


def first_code(question: str) -> str:
    """The table of the options placed first; no question has a hyphen in its code."""
    return f"{question}-{FIRST}"


def ranks_within(question: Question, answers: AnswerMatrix, k: int) -> dict[str, Mask]:
    """Who placed each option among the first k."""
    ranks = answers.ranks[question.code]
    return {
        option.code: np.logical_and(row > 0, row <= k)
        for option, row in zip(question.options, ranks, strict=True)
    }


def _scale(question: Question, put: Mask, answers: AnswerMatrix) -> Scale:
    rows = zip(question.row_codes or ("",), lines_of(question, answers), strict=True)
    lines = tuple(_line(row, part, question, put, answers) for row, part in rows)
    return Scale(question.code, tuple(question.degrees), lines)


def _line(
    row: str, part: Part, question: Question, put: Mask, answers: AnswerMatrix
) -> ScaleLine:
    base = part.base
    n, apart = int(base.sum()), int(part.aside.sum())
    sizes = {question.degrees[c]: int(mask.sum()) for c, mask in part.chosen.items()}
    return ScaleLine(
        part=row,
        n=n,
        not_concerned=apart,
        missing=int((put & ~base & ~part.aside).sum()),
        counts=tuple(count_among(m, base, answers) for m in part.chosen.values()),
        median=median_degree(sizes),
    )


def _ranking(question: Question, put: Mask, answers: AnswerMatrix) -> Ranking:
    ranks = answers.ranks[question.code]
    most = top_of(question)
    base: Mask = np.any(ranks > 0, axis=0)
    first = ranks_within(question, answers, 1)
    among = ranks_within(question, answers, most)
    options = []
    for option, row in zip(question.options, ranks, strict=True):
        found = placing(row[base].tolist(), most)
        options.append(
            RankedOption(
                option.code,
                count_among(first[option.code], base, answers),
                count_among(among[option.code], base, answers),
                found.ranked,
                found.mean_rank,
            )
        )
    n, missing = int(base.sum()), int((put & ~base).sum())
    return Ranking(question.code, most, n, missing, tuple(options))


def _spread(question: Question, put: Mask, answers: AnswerMatrix) -> Spread:
    found = classes_of(question, answers)
    base: Mask = found.positions >= 0
    masks = [found.positions == at for at in range(len(found.codes))]
    n = int(base.sum())
    return Spread(
        code=question.code,
        is_date=question.type == "date",
        has_own_limits=bool(question.class_limits),
        classes=found.codes,
        counts=tuple(count_among(mask, base, answers) for mask in masks),
        n=n,
        missing=int((put & ~base).sum()),
        quartiles=_quartiles(question, answers) if n else None,
    )


def _quartiles(
    question: Question, answers: AnswerMatrix
) -> tuple[float, float, float] | None:
    if question.type == "date":
        return None
    numbers = answers.numbers[question.code]
    low, middle, high = np.nanquantile(numbers, [0.25, 0.5, 0.75]).tolist()
    return low, middle, high
