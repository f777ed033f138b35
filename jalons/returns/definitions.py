"""What may be proposed to a territory: reviewed TOML files, one for a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from jalons.analysis.proposals import Condition, Rule
from jalons.indicators.definitions import Code, Shape, Text, Words, read_shape
from jalons.indicators.problems import InvalidFile, Problem
from jalons.questionnaires.definitions import Definition, Question

FOLDER = "returns"


class ConditionShape(Shape):
    """What must have been answered to a question, or must not."""

    question: Words
    any_of: list[Words] = []
    none_of: list[Words] = []


class Proposal(Shape):
    """What to work on next, and when it is worth saying."""

    code: Code
    conditions: list[ConditionShape]
    # The same as a question, for whoever writes a roadmap.
    stake: Text
    title: Text
    text: Text

    def rule(self) -> Rule:
        return Rule(
            self.code,
            tuple(
                Condition(one.question, tuple(one.any_of), tuple(one.none_of))
                for one in self.conditions
            ),
        )


class StakeShape(Shape):
    """What was answered to the question of a role, as a question of a roadmap."""

    role: Code
    answer: Code
    text: Text


class Proposals(Shape):
    """The proposals of one questionnaire; nobody is invented as a reviewer."""

    questionnaire: Words
    author: Words
    reviewer: str = ""
    proposals: list[Proposal]
    stakes: list[StakeShape] = []


def proposals_for(definition: Definition) -> tuple[Proposal, ...]:
    """Those that this version can hold: a question it lacks proposes nothing.

    A copy holds those of its origin, for the questions that kept their meaning.
    """
    return tuple(
        proposal
        for file in read(settings.REFERENCE_DIR / FOLDER)
        for proposal in _asked_in(definition, file)
        if not any(_unknown(proposal, definition))
    )


def stakes_for(definition: Definition) -> Iterator[tuple[Question, StakeShape]]:
    """What answers of this version may become as stakes, with their question.

    A copy holds those of its origin, for the questions that kept their meaning.
    """
    for file in read(settings.REFERENCE_DIR / FOLDER):
        for one in file.stakes:
            asked = definition.with_role(one.role)  # type: ignore[arg-type]
            if asked is None or one.answer not in asked.option_codes:
                continue
            if definition.meaning_of(asked).startswith(f"{file.questionnaire}."):
                yield asked, one


def _asked_in(definition: Definition, file: Proposals) -> Iterator[Proposal]:
    """The proposals of a file, each question under the code it has in this version."""
    codes = {definition.meaning_of(one): one.code for one in definition.questions}
    for proposal in file.proposals:
        meanings = [f"{file.questionnaire}.{c.question}" for c in proposal.conditions]
        if all(meaning in codes for meaning in meanings):
            conditions = [
                condition.model_copy(update={"question": codes[meaning]})
                for condition, meaning in zip(
                    proposal.conditions, meanings, strict=True
                )
            ]
            yield proposal.model_copy(update={"conditions": conditions})


@cache
def read(folder: Path) -> tuple[Proposals, ...]:
    """Every file of a folder, which does not change while the site runs."""
    return tuple(read_shape(path, Proposals) for path in sorted(folder.glob("*.toml")))


def check(path: Path, definition: Definition) -> Proposals:
    """A file read against its questionnaire; raises InvalidFile with what to mend."""
    found = read_shape(path, Proposals)
    lines = path.read_text(encoding="utf-8").splitlines()
    problems = [
        Problem(path.name, _line_of(lines, proposal.code), key, message)
        for proposal in found.proposals
        for key, message in (*_empty(proposal), *_unknown(proposal, definition))
    ]
    problems += [
        Problem(path.name, 1, f"stakes.{one.role}", message)
        for one in found.stakes
        for message in _unknown_answer(one, definition)
    ]
    if problems:
        raise InvalidFile(problems)
    return found


def _empty(proposal: Proposal) -> Iterator[tuple[str, str]]:
    if not proposal.conditions:
        message = _("A proposal needs a condition: say which answers call for it.")
        yield f"{proposal.code}.conditions", message
    for one in proposal.conditions:
        if not one.any_of and not one.none_of:
            message = _("Say which answers count, in any_of or in none_of.")
            yield f"{proposal.code}.{one.question}", message


def _unknown(proposal: Proposal, definition: Definition) -> Iterator[tuple[str, str]]:
    for one in proposal.conditions:
        question = definition.question(one.question)
        if question is None:
            message = _("The questionnaire has no question “%(code)s”.")
            yield f"{proposal.code}.question", message % {"code": one.question}
            continue
        for option in {*one.any_of, *one.none_of} - {*question.option_codes}:
            message = _("Question %(question)s offers no answer “%(code)s”.") % {
                "question": one.question,
                "code": option,
            }
            yield f"{proposal.code}.{one.question}", message


def _unknown_answer(one: StakeShape, definition: Definition) -> Iterator[str]:
    question = definition.with_role(one.role)  # type: ignore[arg-type]
    if question is None:
        told = _("The questionnaire has no question “%(code)s”.")
        yield told % {"code": one.role}
    elif one.answer not in question.option_codes:
        told = _("Question %(question)s offers no answer “%(code)s”.")
        yield told % {"question": question.code, "code": one.answer}


def _line_of(lines: list[str], code: str) -> int:
    """Where a proposal begins: the line of its code."""
    wanted = f'code = "{code}"'
    return next((n for n, line in enumerate(lines, 1) if line.strip() == wanted), 1)
