"""What the respondents of each territory say, when half of them or more say it.

A code is `role:option`, whatever the question that holds the role is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jalons.observatory.words import Words
from jalons.questionnaires.definitions import DONT_KNOW, Definition, Question, Role
from jalons.surveys.encoding import AnswerMatrix
from jalons.surveys.matrix import matrix_of
from jalons.surveys.models import Campaign

ROLES: tuple[Role, ...] = (
    *("sponsorship", "coordination", "strategy", "main_stake", "themes"),
    *("difficulties", "needs", "support"),
)
UNSAID = ("other", DONT_KNOW)
AGREEING = 0.5
"""Share of the respondents of a territory who say it, for it to count: our choice."""
Said = Mapping[str, frozenset[str]]


def said_of(campaign: Campaign) -> dict[str, frozenset[str]]:
    """By territory; one without an answer is absent."""
    asked, answers = list(_asked(campaign.version.read())), matrix_of(campaign)
    return {
        code: frozenset(_said(answers, asked, code))
        for code in answers.territories.names
    }


def said_words(codes: Iterable[str], words: Words, definition: Definition) -> str:
    """Answers between quotes, as the questionnaire words them."""
    questions = dict(_asked(definition))
    pairs = [code.split(":", 1) for code in codes]
    found = [
        words.option(questions[role].code, option)  # type: ignore[index]
        for role, option in pairs
        if role in questions
    ]
    return ", ".join(found)


def _asked(definition: Definition) -> Iterator[tuple[Role, Question]]:
    for role in ROLES:
        question = definition.with_role(role)
        if question is not None:
            yield role, question


def _said(
    answers: AnswerMatrix, asked: Iterable[tuple[Role, Question]], code: str
) -> Iterator[str]:
    mine = answers.territories.where(code)
    for role, question in asked:
        ticks = answers.ticks.get(question.code)
        if ticks is None or not mine.any():
            continue
        for option, ticked in zip(ticks.options, ticks.ticked, strict=True):
            if option not in UNSAID and ticked[mine].mean() >= AGREEING:
                yield f"{role}:{option}"
