"""The pages of a sheet as they are keyed: their order, their forms, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from jalons.keying.figures import Difference
from jalons.keying.forms import FIRST, OTHER, SECOND
from jalons.keying.models import Keying, Sheet
from jalons.questionnaires import answers as rules
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.definitions import Definition, Question, Section
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
    differences: Sequence[Difference],
    language: str,
    data: QueryDict | None,
    choices: Mapping[str, str] | None = None,
) -> SectionForm:
    """The questions that differ, to be read a third time: no reading is shown.

    Once `choices` are made, only those read again, beside the readings chosen.
    """
    questions = [
        one.question
        for one in differences
        if choices is None or choices.get(one.question.code) == OTHER
    ]
    readings = _readings(sheet, differences, choices or {})
    return _third(sheet, questions, readings, language, data)


def _third(
    sheet: Sheet,
    questions: Sequence[Question],
    readings: Answers,
    language: str,
    data: QueryDict | None,
) -> SectionForm:
    """A page of these questions, each drawn and none required.

    A reading chosen may answer it, or open it, or leave it out: what is said to a
    question that is not asked is dropped.
    """
    definition: Definition = sheet.campaign.version.read()
    free = {"required": False, "show_if": None}
    drawn = tuple(one.model_copy(update=free) for one in questions)
    section = definition.sections[0].model_copy(
        update={"questions": drawn, "show_if": None}
    )
    return section_form(
        definition,
        section,
        readings,
        language=language,
        data=data,
        territories=_perimeter(sheet.campaign),
    )


def _readings(
    sheet: Sheet, differences: Sequence[Difference], choices: Mapping[str, str]
) -> Answers:
    """What both keyings say alike, and the reading chosen where they differ."""
    one, two = (keying.answers for keying in sheet.keyings.order_by("rank"))
    sources = {FIRST: one, SECOND: two}
    found = dict(one)
    for each in differences:
        question = each.question
        chosen = sources.get(choices.get(question.code, ""), {})
        for name in (question.code, question.consent_code):
            found.pop(name, None)
            if name in chosen:
                found[name] = chosen[name]
    return found


def _definition(keying: Keying) -> Definition:
    definition: Definition = keying.sheet.campaign.version.read()
    return definition


def _perimeter(campaign: Campaign) -> Territories:
    rows = campaign.territories.order_by("name").values_list("pk", "name")
    return (("", tuple((pk, name) for pk, name in rows)),)
