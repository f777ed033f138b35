"""Changes to a questionnaire being written: each gives a new definition.

Nothing here says whether the result is sound: a draft may be wrong for a while, and
`checks.check` tells what is left to mend.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from jalons.questionnaires.schema import (
    Definition,
    Question,
    Scoring,
    Section,
    ShowIf,
)

Direction = Literal["up", "down"]


BY_PROFILE = ("single", "multiple", "ranking")
"""Types whose answers may be offered to some profiles only."""


LONGEST_TITLE = 80


class NoSuchPart(ValueError):
    """A draft that no longer holds the question or the part one speaks of."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands: its part, and its rank there from 0."""

    section: int
    rank: int


def direction(asked: str) -> Direction:
    if asked == "up":
        return "up"
    if asked == "down":
        return "down"
    raise NoSuchPart(asked)


def find_section(definition: Definition, code: str) -> Section:
    found = definition.section(code)
    if found is None:
        raise NoSuchPart(code)
    return found


def find_question(definition: Definition, code: str) -> Question:
    found = definition.question(code)
    if found is None:
        raise NoSuchPart(code)
    return found


def place_of(definition: Definition, code: str) -> Place:
    for s, section in enumerate(definition.sections):
        for rank, question in enumerate(section.questions):
            if question.code == code:
                return Place(s, rank)
    raise NoSuchPart(code)


def replace_question(definition: Definition, question: Question) -> Definition:
    """The question of this code, written anew where it stands."""
    place = place_of(definition, question.code)
    questions = list(definition.sections[place.section].questions)
    questions[place.rank] = question
    return _with_questions(definition, place.section, questions)


def replace_section(definition: Definition, section: Section) -> Definition:
    sections = [section if s.code == section.code else s for s in definition.sections]
    return definition.model_copy(update={"sections": tuple(sections)})


def add_question(
    definition: Definition, section_code: str, question: Question
) -> Definition:
    """The question at the end of a part."""
    section = find_section(definition, section_code)
    at = definition.sections.index(section)
    return _with_questions(definition, at, [*section.questions, question])


def add_section(definition: Definition, section: Section) -> Definition:
    return definition.model_copy(update={"sections": (*definition.sections, section)})


def remove_question(definition: Definition, code: str) -> Definition:
    """Without the question; conditions that rest on it are left to be mended."""
    place = place_of(definition, code)
    questions = list(definition.sections[place.section].questions)
    del questions[place.rank]
    return _with_questions(definition, place.section, questions)


def remove_section(definition: Definition, code: str) -> Definition:
    gone = find_section(definition, code)
    kept = tuple(s for s in definition.sections if s is not gone)
    return definition.model_copy(update={"sections": kept})


def move_section(definition: Definition, code: str, direction: Direction) -> Definition:
    """The part one place up or down; at either end nothing moves."""
    sections = list(definition.sections)
    at = sections.index(find_section(definition, code))
    to = at - 1 if direction == "up" else at + 1
    if 0 <= to < len(sections):
        sections[at], sections[to] = sections[to], sections[at]
    return definition.model_copy(update={"sections": tuple(sections)})


def move_question(
    definition: Definition, code: str, direction: Direction
) -> Definition:
    """The question one place up or down, into the part beside when it is at an end."""
    place = place_of(definition, code)
    rank = place.rank - 1 if direction == "up" else place.rank + 1
    section = place.section
    if rank < 0:
        section -= 1
        rank = len(definition.sections[section].questions) if section >= 0 else 0
    elif rank >= len(definition.sections[section].questions):
        section, rank = section + 1, 0
    if not 0 <= section < len(definition.sections):
        return definition
    return put_question(definition, code, definition.sections[section].code, rank)


def put_question(
    definition: Definition, code: str, section_code: str, rank: int
) -> Definition:
    """The question at a rank of a part, counted once it has left its place."""
    question = find_question(definition, code)
    target = find_section(definition, section_code)
    left = remove_question(definition, code)
    at = [section.code for section in left.sections].index(target.code)
    questions = list(left.sections[at].questions)
    questions.insert(max(0, min(rank, len(questions))), question)
    return _with_questions(left, at, questions)


def set_condition(
    definition: Definition, kind: str, code: str, condition: ShowIf | None
) -> Definition:
    """When a question, or a whole part, is asked."""
    if kind == "part":
        section = find_section(definition, code)
        return replace_section(
            definition, section.model_copy(update={"show_if": condition})
        )
    question = find_question(definition, code)
    return replace_question(
        definition, question.model_copy(update={"show_if": condition})
    )


def questions_before(
    definition: Definition, kind: str, code: str
) -> tuple[Question, ...]:
    """The questions on whose answer a condition placed here may rest."""
    found: list[Question] = []
    for section in definition.sections:
        if kind == "part" and section.code == code:
            return tuple(found)
        for question in section.questions:
            if kind == "question" and question.code == code:
                return tuple(found)
            if question.may_decide:
                found.append(question)
    raise NoSuchPart(code)


def title_of(question: Question) -> str:
    """A question by its first words, as its author knows it."""
    words = question.text.fr or question.text.en or question.code
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"


def profiles_for(definition: Definition, question: Question) -> Question | None:
    """The question of the profile, when answers may depend on it.

    It must be asked on a page before: the list of answers is then known. A question
    with points offers the same answers to everyone.
    """
    asked = definition.with_role("profile")
    if asked is None or question.scoring or question.type not in BY_PROFILE:
        return None
    here = place_of(definition, question.code).section
    return asked if place_of(definition, asked.code).section < here else None


def free_code(stem: str, taken: Iterable[str], *, first: int = 1) -> str:
    """`stem` followed by the first number that no code has taken.

    >>> free_code("Q", ["Q1", "Q2", "P1a"])
    'Q3'
    """
    known = set(taken)
    number = first
    while f"{stem}{number}" in known:
        number += 1
    return f"{stem}{number}"


def with_maximum(question: Question) -> Question:
    """The question with the maximum that its own points give."""
    rule = question.scoring
    if rule is None:
        return question
    maximum = most_points(question, rule)
    return question.model_copy(
        update={"scoring": rule.model_copy(update={"maximum": maximum})}
    )


def most_points(question: Question, rule: Scoring) -> int:
    if rule.rule == "counted":
        return max((step.points for step in rule.steps), default=0)
    points = [option.points or 0 for option in question.options]
    return sum(points) if rule.rule == "cumulative" else max(points, default=0)


def with_computed_totals(definition: Definition) -> Definition:
    """The grid with the totals that its questions give; classes keep their limits."""
    grid = definition.grid
    if grid is None:
        return definition
    sums = {dimension.code: 0 for dimension in grid.dimensions}
    for question in definition.questions:
        rule = question.scoring
        if rule and rule.dimension in sums:
            sums[rule.dimension] += rule.maximum
    total = max(1, sum(sums.values()))
    classes = list(grid.classes)
    if classes:
        classes[-1] = classes[-1].model_copy(update={"high": float(total)})
    dimensions = []
    for one in grid.dimensions:
        levels = list(one.levels)
        if levels:
            last = {"high": float(sums[one.code])}
            levels[-1] = levels[-1].model_copy(update=last)
        changes = {"maximum": sums[one.code], "levels": tuple(levels)}
        dimensions.append(one.model_copy(update=changes))
    update = {
        "total": total,
        "dimensions": tuple(dimensions),
        "classes": tuple(classes),
    }
    return definition.model_copy(update={"grid": grid.model_copy(update=update)})


def _with_questions(
    definition: Definition, at: int, questions: list[Question]
) -> Definition:
    sections = list(definition.sections)
    sections[at] = sections[at].model_copy(update={"questions": tuple(questions)})
    return definition.model_copy(update={"sections": tuple(sections)})
