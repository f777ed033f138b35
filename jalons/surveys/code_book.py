"""What each column of an export means: the question, its options, points, condition."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.questionnaires.columns import AnswerColumn
from jalons.questionnaires.definitions import Definition, Option, Question
from jalons.questionnaires.values import option_texts
from jalons.surveys.models import Campaign
from jalons.surveys.tables import answer_columns


def header() -> list[str]:
    return [
        _("column"),
        _("question"),
        _("type"),
        _("answer code"),
        _("answer"),
        _("points"),
        _("asked when"),
        _("questionnaire"),
        _("version"),
    ]


def rows(campaign: Campaign, language: str) -> Iterator[list[object]]:
    """One row a column and option; one row for a column without options."""
    definition = campaign.version.read()
    asked = _conditions(definition, language)
    named = [campaign.version.questionnaire.code, campaign.version.number]
    for column in answer_columns(campaign):
        question = column.question
        first = [column.code, column.title(language), question.type]
        last = [asked.get(question.code, ""), *named]
        for code, text, points in _options(column, language):
            yield [*first, code, text, points, *last]


def _options(
    column: AnswerColumn, language: str
) -> Iterator[tuple[str, str, int | None]]:
    question = column.question
    if question.type == "ranking" or not question.has_options:
        yield "", _unit(question, language), None
        return
    texts = option_texts(question, language)
    points = {option.code: option.points for option in question.options}
    for code in question.option_codes:
        yield code, texts.get(code, code), points.get(code)


def _unit(question: Question, language: str) -> str:
    return question.unit.in_language(language) if question.unit else ""


def _conditions(definition: Definition, language: str) -> dict[str, str]:
    """When each question is asked, in words; those always asked are left out."""
    found: dict[str, list[str]] = {}
    for section in definition.sections:
        for question in section.questions:
            for condition in (section.show_if, question.show_if):
                if condition is None:
                    continue
                other = definition.question(condition.question)
                texts = _texts(other, language) if other else {}
                options = [texts.get(one, one) for one in condition.any_of]
                said = f"{condition.question} = {' / '.join(options)}"
                found.setdefault(question.code, []).append(said)
    return {code: " ; ".join(parts) for code, parts in found.items()}


def _texts(question: Question, language: str) -> dict[str, str]:
    options: tuple[Option, ...] = question.options
    return {one.code: one.text.in_language(language) for one in options}
