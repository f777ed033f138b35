"""The sheet of an EPCI as its institution reads it, line by line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jalons.analysis import scoring
from jalons.analysis.common_sheet import common_answers
from jalons.analysis.grid import Points
from jalons.questionnaires.answers import Answers, clean_answers, in_words
from jalons.questionnaires.definitions import Definition, Question, Section
from jalons.questionnaires.grids import grid_of
from jalons.surveys.access import readable_by_their_teams
from jalons.surveys.figures import TerritoryScore, answered_by_territory, in_class
from jalons.surveys.models import Campaign
from jalons.surveys.reconciling import choices_of
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One question, the answer kept and its points; no answer, no words."""

    question: str
    answer: str
    points: Points


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet with its total and class."""

    lines: tuple[SheetLine, ...]
    score: TerritoryScore
    class_title: str
    total: int


def sheet_to_validate(campaign: Campaign, territory: Territory) -> Answers:
    """What the page begins with: the sheet validated before, else that of all answers.

    Blank while the points may not be read outside the centre (rule 6): with one or two
    answers and no agreement to share them, they would tell what a colleague said.
    """
    return sheets_to_validate(campaign, [territory.pk]).get(territory.pk, {})


def sheets_to_validate(
    campaign: Campaign, codes: Collection[str]
) -> dict[str, Answers]:
    """The same of several territories at once; no sheet for those that begin blank."""
    choices, definition = choices_of(campaign), campaign.version.read()
    found: dict[str, Answers] = {}
    for code in choices.sheets.keys() & set(codes):
        found[code] = dict(choices.sheets[code])  # type: ignore[arg-type]
    if definition.grid is None:
        return found
    asked = [code for code in codes if code not in found]
    readable = readable_by_their_teams(campaign, *asked) if asked else frozenset()
    for code, answered in answered_by_territory(campaign, readable).items():
        method = choices.of(code).method
        kept = common_answers(answered.grid, answered.answers, method)
        found[code] = only_scored(definition, dict(kept))
    return found


def only_scored(definition: Definition, answers: dict[str, object]) -> Answers:
    """The answers that give points, cleaned; never a contact nor free words."""
    clean, _problems = clean_answers(definition, answers)
    codes = {question.code for question in scored_questions(definition)}
    return {code: answer for code, answer in clean.items() if code in codes}


def scored_questions(definition: Definition) -> tuple[Question, ...]:
    grid = {item.code for item in grid_of(definition).items}
    return tuple(one for one in definition.questions if one.code in grid)


def sheet_section(definition: Definition) -> Section:
    """All the questions that give points, as one page of a form."""
    return definition.sections[0].model_copy(
        update={"code": "sheet", "questions": scored_questions(definition)}
    )


def read_sheet(definition: Definition, answers: Answers, language: str) -> ReadSheet:
    grid = grid_of(definition)
    found = scoring.score(grid, answers)  # type: ignore[arg-type]
    score = in_class(grid, scoring.combine([found]))
    classes = definition.grid.classes if definition.grid else ()
    titles = {one.code: one.title.in_language(language) for one in classes}
    lines = [
        SheetLine(
            question.text.in_language(language),
            in_words(question, answers[points.code], language=language)
            if points.code in answers
            else "",
            points,
        )
        for points in found.lines
        if (question := definition.question(points.code))
    ]
    return ReadSheet(tuple(lines), score, titles[score.class_code], grid.total)
