"""The pages of a sheet as they are keyed: their order, their forms, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from jalons.keying.figures import Difference
from jalons.keying.forms import FIRST, SECOND
from jalons.keying.models import Keying, Sheet
from jalons.questionnaires import answers as rules
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.definitions import Definition, Section
from jalons.questionnaires.forms import SectionForm, Territories, section_form
from jalons.surveys.models import Campaign


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the sheet, and how many of the questions it asks are keyed."""

    code: str
    title: str
    done: int
    asked: int


def first(keying: Keying) -> str:
    """The first page of the questionnaire."""
    return _definition(keying).sections[0].code


def after(keying: Keying, section: Section) -> str:
    """The page that follows, given what was keyed; empty after the last."""
    keying.refresh_from_db(fields=["answers"])
    codes = [one.code for one in _definition(keying).sections]
    later = codes[codes.index(section.code) + 1 :]
    asked = rules.sections_asked(_definition(keying), keying.answers)
    return next((one.code for one in asked if one.code in later), "")


def steps(keying: Keying, language: str) -> tuple[Step, ...]:
    definition, answers = _definition(keying), keying.answers
    asked = {question.code for question in rules.asked(definition, answers)}
    found = []
    for one in rules.sections_asked(definition, answers):
        codes = [q.code for q in one.questions if q.code in asked]
        done = sum(code in answers for code in codes)
        title = one.title.in_language(language)
        found.append(Step(one.code, title, done, len(codes)))
    return tuple(found)


def missing(keying: Keying, language: str) -> tuple[str, ...]:
    """The required questions still without an answer, in words."""
    definition = _definition(keying)
    codes = rules.progress(definition, keying.answers).missing
    found = (definition.question(code) for code in codes)
    return tuple(one.text.in_language(language) for one in found if one)


def form_of(
    keying: Keying, section: Section, language: str, data: QueryDict | None
) -> SectionForm:
    return section_form(
        _definition(keying),
        section,
        keying.answers,
        language=language,
        data=data,
        territories=_perimeter(keying.sheet.campaign),
    )


def reread(
    sheet: Sheet,
    differences: tuple[Difference, ...],
    language: str,
    data: QueryDict | None,
) -> SectionForm:
    """The questions that differ, blank, to be read a third time on the sheet.

    None is required here: choosing the first or the second keying answers it.
    """
    definition: Definition = sheet.campaign.version.read()
    questions = tuple(
        one.question.model_copy(update={"required": False}) for one in differences
    )
    section = definition.sections[0].model_copy(
        update={"questions": questions, "show_if": None}
    )
    keyings = sheet.keyings.order_by("rank")
    answers = dict(keyings[0].answers) if keyings else {}
    for question in questions:
        answers.pop(question.code, None)
        answers.pop(question.consent_code, None)
    return section_form(
        definition,
        section,
        answers,
        language=language,
        data=data,
        territories=_perimeter(sheet.campaign),
    )


def settled(sheet: Sheet, choices: Mapping[str, str], third: Answers) -> Answers:
    """The answers chosen for the questions that differ."""
    one, two = (keying.answers for keying in sheet.keyings.order_by("rank"))
    sources = {FIRST: one, SECOND: two}
    definition: Definition = sheet.campaign.version.read()
    chosen: Answers = {}
    for code, choice in choices.items():
        question = definition.question(code)
        names = (code, question.consent_code) if question else (code,)
        source = sources.get(choice, third)
        chosen |= {name: source[name] for name in names if name in source}
    return chosen


def _definition(keying: Keying) -> Definition:
    definition: Definition = keying.sheet.campaign.version.read()
    return definition


def _perimeter(campaign: Campaign) -> Territories:
    rows = campaign.territories.order_by("name").values_list("pk", "name")
    return (("", tuple((pk, name) for pk, name in rows)),)
