"""Scales, matrices and rankings of a campaign, for the team.

A line of a matrix is read as a scale. The base is those who chose a degree: "not
concerned" and missing answers are counted apart, never as a degree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jalons.analysis.degrees import median_degree, placing
from jalons.observatory.answers import Mask, count_among, everybody
from jalons.observatory.results import Count
from jalons.questionnaires.definitions import NOT_CONCERNED, Definition, Question
from jalons.surveys.matrix import AnswerMatrix

USUAL_TOP = 3
"""Ranks that count as "among the first" when the question sets no maximum."""


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A scale, or one line of a matrix; `part` is empty for a scale."""

    part: str
    n: int
    not_concerned: int
    missing: int
    counts: tuple[Count, ...]
    median: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """A question answered by degrees; `degrees` are the codes of its options."""

    code: str
    degrees: tuple[str, ...]
    lines: tuple[ScaleLine, ...]


@dataclass(frozen=True, slots=True)
class RankedOption:
    """One option: the share that placed it among the first, and its mean rank."""

    option: str
    top: Count
    ranked: int
    mean_rank: float | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question answered by ranks; `top` is how many ranks count as the first."""

    code: str
    top: int
    n: int
    missing: int
    options: tuple[RankedOption, ...]


@dataclass(frozen=True, slots=True)
class Degrees:
    """Every scale, matrix and ranking of a questionnaire, in its order."""

    scales: tuple[Scale, ...]
    rankings: tuple[Ranking, ...]


def degrees_of(definition: Definition, answers: AnswerMatrix) -> Degrees:
    questions = definition.questions
    return Degrees(
        tuple(_scale(q, answers) for q in questions if q.is_on_a_scale),
        tuple(_ranking(q, answers) for q in questions if q.type == "ranking"),
    )


def has_degrees(definition: Definition) -> bool:
    """Whether the questionnaire asks for a degree or a rank at all."""
    return any(q.is_on_a_scale or q.type == "ranking" for q in definition.questions)


def _scale(question: Question, answers: AnswerMatrix) -> Scale:
    parts = question.row_codes or ("",)
    return Scale(
        question.code,
        tuple(question.degrees),
        tuple(_line(question, part, answers) for part in parts),
    )


def _line(question: Question, part: str, answers: AnswerMatrix) -> ScaleLine:
    ticks = answers.ticks[question.part_code(part)]
    rows: Mapping[str, Mask] = dict(zip(ticks.options, ticks.ticked, strict=True))
    chosen = {code: rows[code] for code in question.degrees}
    base: Mask = np.any(list(chosen.values()), axis=0)
    aside = rows.get(NOT_CONCERNED, ~everybody(answers))
    n, apart = int(base.sum()), int(aside.sum())
    sizes = {question.degrees[code]: int(row.sum()) for code, row in chosen.items()}
    return ScaleLine(
        part=part,
        n=n,
        not_concerned=apart,
        missing=len(answers) - n - apart,
        counts=tuple(count_among(row, base, answers) for row in chosen.values()),
        median=median_degree(sizes),
    )


def _ranking(question: Question, answers: AnswerMatrix) -> Ranking:
    ranks = answers.ranks[question.code]
    most = question.max_choices or min(USUAL_TOP, len(question.options))
    base: Mask = np.any(ranks > 0, axis=0)
    options = []
    for option, row in zip(question.options, ranks, strict=True):
        found = placing(row[base].tolist(), most)
        is_top: Mask = np.logical_and(row > 0, row <= most)
        top = count_among(is_top, base, answers)
        options.append(RankedOption(option.code, top, found.ranked, found.mean_rank))
    n = int(base.sum())
    return Ranking(question.code, most, n, len(answers) - n, tuple(options))
