"""What an answer may be: one set of rules for the web form and for imported files.

Answers are kept by question code: an option code, a list of them, a number, a text,
a territory code… (`values.Answer`). A question left blank has no entry: missing is
not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from django.utils.translation import gettext as _

from jalons.questionnaires.schema import Definition, Question, Section, ShowIf
from jalons.questionnaires.values import (
    CONSENTED,
    Answer,
    Refused,
    clean_value,
    has_consented,
    in_words,
    is_whole,
    shown,
)

__all__ = [
    "CONSENTED",
    "Answer",
    "AnswerProblem",
    "Answers",
    "Contact",
    "Progress",
    "SectionProgress",
    "asked",
    "clean_answers",
    "how_many_pages",
    "in_words",
    "is_met",
    "progress",
    "sections_asked",
    "split_personal",
]

Answers = dict[str, Answer]


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """A value refused: by which question, why, and what it accepts instead."""

    question: str
    value: str
    message: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far one page is answered; `missing` are the required questions left."""

    code: str
    asked: int
    answered: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the whole questionnaire is answered, contacts left aside."""

    sections: tuple[SectionProgress, ...]

    @property
    def asked(self) -> int:
        return sum(section.asked for section in self.sections)

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required questions without an answer."""
        return tuple(code for section in self.sections for code in section.missing)

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Contact:
    """What a person left so as to be called back, with the words agreed to."""

    question: str
    value: str
    consent: str


def asked(
    definition: Definition, answers: Mapping[str, object]
) -> tuple[Question, ...]:
    """The questions asked given the answers; an answer not asked decides nothing."""
    pairs = _asked_by_section(definition, answers)
    return tuple(question for _section, question in pairs)


def sections_asked(
    definition: Definition, answers: Mapping[str, object]
) -> tuple[Section, ...]:
    """The pages to show, in order: those with a question to ask."""
    pairs = _asked_by_section(definition, answers)
    codes = {section.code for section, _question in pairs}
    return tuple(section for section in definition.sections if section.code in codes)


def how_many_pages(
    definition: Definition, answers: Mapping[str, object], section: Section
) -> tuple[int, int]:
    """How many pages there are, at least and at most, when one of them is reached.

    What was answered on the pages before is known; what is still to come may be
    anything, or nothing. Going on, the most never grows.
    """
    before = takewhile(lambda one: one.code != section.code, definition.sections)
    passed = {question.code for one in before for question in one.questions}
    known = {code: answer for code, answer in answers.items() if code in passed}
    hoped: dict[str, list[str]] = {}
    for condition in _conditions(definition):
        if condition.question not in passed:
            hoped.setdefault(condition.question, []).extend(condition.any_of)
    fewest = sections_asked(definition, known)
    return len(fewest), len(sections_asked(definition, known | hoped))


def _conditions(definition: Definition) -> Iterator[ShowIf]:
    for section in definition.sections:
        conditions = [question.show_if for question in section.questions]
        yield from filter(None, [section.show_if, *conditions])


def is_met(condition: ShowIf | None, answers: Mapping[str, object]) -> bool:
    """Whether the answers meet a condition; no condition is always met."""
    if condition is None:
        return True
    answer = answers.get(condition.question)
    chosen = answer if isinstance(answer, list | tuple) else [answer]
    return any(option in condition.any_of for option in chosen)


def clean_answers(
    definition: Definition,
    raw: Mapping[str, object],
    *,
    territories: Collection[str] | None = None,
) -> tuple[Answers, tuple[AnswerProblem, ...]]:
    """Keep of `raw` (by question code) what answers the questions asked.

    Answers to questions not asked, and options not offered to the profile, are left
    out without a word: they come from a change of mind. A refused value is left out
    and told. `territories` are the codes accepted; by default any well-formed one.
    Cleaning twice changes nothing.
    """
    found, problems = _clean_each(definition, raw, territories)
    questions = asked(definition, found)
    kept = {q.code for q in questions} | {q.consent_code for q in questions}
    answers = {code: answer for code, answer in found.items() if code in kept}
    told = [problems[q.code] for q in questions if q.code in problems]
    return answers, (*told, *_unknown_codes(definition, raw))


def progress(definition: Definition, answers: Mapping[str, object]) -> Progress:
    """Count the answers, page by page; "ne sait pas" is one."""
    pages: dict[str, list[Question]] = {}
    for section, question in _asked_by_section(definition, answers):
        page = pages.setdefault(section.code, [])
        if not question.is_personal:
            page.append(question)
    return Progress(
        tuple(
            SectionProgress(
                code,
                asked=len(page),
                answered=sum(1 for q in page if q.code in answers),
                missing=tuple(
                    q.code
                    for q in page
                    if q.required and not is_whole(q, answers.get(q.code))
                ),
            )
            for code, page in pages.items()
        )
    )


def split_personal(
    definition: Definition, answers: Answers, *, language: str, easy: bool = False
) -> tuple[Answers, tuple[Contact, ...]]:
    """Set apart the contacts left with consent, which are never kept with answers."""
    contacts = []
    kept = dict(answers)
    for question in definition.questions:
        if not question.is_personal or question.consent is None:
            continue
        value = kept.pop(question.code, None)
        consent = kept.pop(question.consent_code, None)
        if value is not None and consent == CONSENTED:
            words = question.consent.in_language(language, easy)
            contacts.append(Contact(question.code, str(value), words))
    return kept, tuple(contacts)


def _asked_by_section(
    definition: Definition, answers: Mapping[str, object]
) -> list[tuple[Section, Question]]:
    kept: dict[str, object] = {}
    pairs = []
    for section in definition.sections:
        if not is_met(section.show_if, kept):
            continue
        for question in section.questions:
            if is_met(question.show_if, kept):
                kept[question.code] = answers.get(question.code)
                pairs.append((section, question))
    return pairs


def _clean_each(
    definition: Definition,
    raw: Mapping[str, object],
    territories: Collection[str] | None,
) -> tuple[Answers, dict[str, AnswerProblem]]:
    """Every question cleaned alone, asked or not."""
    found: Answers = {}
    problems: dict[str, AnswerProblem] = {}
    profile = _profile_of(definition, raw)
    for question in definition.questions:
        code = question.code
        try:
            value = clean_value(
                question, raw.get(code), profile=profile, territories=territories
            )
            if value is not None:
                found |= {code: value, **_consent(question, raw)}
        except Refused as refusal:
            problems[code] = AnswerProblem(
                code, shown(raw.get(code)), refusal.message, refusal.allowed
            )
    return found, problems


def _profile_of(definition: Definition, raw: Mapping[str, object]) -> str | None:
    question = definition.with_role("profile")
    if question is None:
        return None
    value = raw.get(question.code)
    value = value.strip() if isinstance(value, str) else None
    return value if value in {option.code for option in question.options} else None


def _consent(question: Question, raw: Mapping[str, object]) -> Answers:
    """The consent given with an answer; a contact is not kept without it."""
    if question.consent is None:
        return {}
    if has_consented(raw.get(question.consent_code)):
        return {question.consent_code: CONSENTED}
    if question.is_personal:
        raise Refused(_("Tick the box to agree, or empty this field."))
    return {}


def _unknown_codes(
    definition: Definition, raw: Mapping[str, object]
) -> Iterator[AnswerProblem]:
    known = {q.code for q in definition.questions}
    known |= {q.consent_code for q in definition.questions if q.consent}
    for code in raw:
        if code not in known:
            message = _("There is no question “%(code)s” in this questionnaire.")
            yield AnswerProblem(
                shown(code), shown(raw[code]), message % {"code": shown(code)}
            )
