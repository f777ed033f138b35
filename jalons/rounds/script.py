"""The questionnaire as it is said on the telephone: questions, answers, jumps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.questionnaires.definitions import Definition, Section, ShowIf
from jalons.questionnaires.numbering import numbers_of
from jalons.questionnaires.values import option_texts


@dataclass(frozen=True, slots=True)
class Line:
    """A question as it is read out, with its number on the sheet of paper.

    `only_if` tells when to skip it.
    """

    number: str
    text: str
    help: str
    options: tuple[str, ...]
    rows: tuple[str, ...]
    only_if: str


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one title; `only_if` tells when to skip them all."""

    title: str
    intro: str
    only_if: str
    lines: tuple[Line, ...]


def parts_of(
    definition: Definition, sections: Iterable[Section], language: str, *, is_easy: bool
) -> list[Part]:
    """Parts of a questionnaire in the wording chosen."""
    return [
        Part(
            section.title.in_language(language, is_easy),
            section.intro.in_language(language, is_easy) if section.intro else "",
            _only_if(definition, section, section.show_if, language, is_easy),
            tuple(_lines(definition, section, language, is_easy)),
        )
        for section in sections
    ]


def _lines(
    definition: Definition, section: Section, language: str, is_easy: bool
) -> Iterator[Line]:
    numbers = numbers_of(definition)
    for question in section.questions:
        texts = option_texts(question, language, is_easy)
        yield Line(
            numbers[question.code],
            question.text.in_language(language, is_easy),
            question.help.in_language(language, is_easy) if question.help else "",
            tuple(texts[code] for code in question.option_codes),
            tuple(row.text.in_language(language, is_easy) for row in question.rows),
            _only_if(definition, section, question.show_if, language, is_easy),
        )


def _only_if(
    definition: Definition,
    section: Section,
    condition: ShowIf | None,
    language: str,
    is_easy: bool,
) -> str:
    """When to ask it; a question of another part is told by its words too."""
    before = definition.question(condition.question) if condition else None
    if condition is None or before is None:
        return ""
    texts = option_texts(before, language, is_easy)
    listed = _(" or ").join(
        _("“%(answer)s”") % {"answer": texts[code]} for code in condition.any_of
    )
    told = {"number": numbers_of(definition)[before.code], "answers": listed}
    if before in section.questions:
        return _("Only if question %(number)s: %(answers)s") % told
    told["question"] = before.text.in_language(language, is_easy)
    return _("Only if question %(number)s, “%(question)s”: %(answers)s") % told
