"""First screen of a mapping: what each column of the file is, proposed then chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from jalons.imports import shapes
from jalons.imports.guessing import Asked, Choice, Guess, guess_question
from jalons.imports.scanning import Scan, SeenColumn
from jalons.imports.words import simple, telling_words
from jalons.questionnaires.definitions import Definition, Question, Text

SET_ASIDE = "-"
KEY, DATE, KEY_AND_DATE, PLACE = ":key", ":date", ":key_date", ":territory"
CONSENT = ":consent:"
ROLES = {KEY, DATE, KEY_AND_DATE, PLACE}


class Matched(TypedDict):
    """What was chosen on the first screen."""

    columns: dict[str, str]
    day: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column probably is, and how surely."""

    column: SeenColumn
    guess: Guess
    is_ours: bool = False


def asked_of(question: Question) -> Asked:
    """A question and its options as the guesses read them."""
    return Asked(
        Choice(question.code, wordings(question.text)),
        tuple(Choice(o.code, wordings(o.text)) for o in question.options),
    )


def wordings(text: Text) -> tuple[str, ...]:
    return tuple(one for one in (text.fr, text.en, text.fr_easy) if one)


def proposals(definition: Definition, scan: Scan) -> list[Proposal]:
    """One proposal a column, in the order of the file."""
    shape, _share = shapes.recognise([column.name for column in scan.columns])
    names = [column.name for column in scan.columns]
    key = shapes.column_among(names, shape.key)
    date = shapes.column_among(names, shape.date)
    questions = [
        asked_of(question)
        for question in definition.questions
        if question.type != "territory"
    ]
    return [
        Proposal(column, _guess(column, key, date, shape, questions))
        for column in scan.columns
    ]


def _guess(
    column: SeenColumn,
    key: str,
    date: str,
    shape: shapes.Shape,
    questions: list[Asked],
) -> Guess:
    said = simple(column.name)
    if column.name in (key, date):
        both = KEY_AND_DATE if key == date else (KEY if column.name == key else DATE)
        return Guess(both, 0.9 if shape.title else 0.7)
    if said in shape.ignored or column.name.startswith("Jalons"):
        return Guess(SET_ASIDE, 0.9)
    if said in shapes.WEIGHTS | shapes.CHANNELS:
        return Guess(SET_ASIDE, 0.7)
    if said in shapes.PLACES:
        return Guess(PLACE, 0.9)
    found = guess_question(column.name, column.texts, questions)
    if found.level != "sure" and telling_words(column.name) & shapes.PLACE_WORDS:
        return Guess(PLACE, 0.7)
    return found


def choices_of(
    definition: Definition, language: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column may be, in groups."""
    roles = [
        (KEY, _("The identifier of each answer")),
        (DATE, _("The day the answer was sent")),
        (KEY_AND_DATE, _("Both: the moment of sending identifies the answer")),
        (PLACE, _("The territory (SIREN code or name)")),
    ]
    questions = [q for q in definition.questions if q.type != "territory"]
    agreed = _("Agreement to: %(question)s")
    consents = [
        (CONSENT + q.code, agreed % {"question": _named(q, language)})
        for q in questions
        if q.consent
    ]
    return [
        (_("About the answer"), roles),
        (_("Questions"), [(q.code, _named(q, language)) for q in questions]),
        *([(_("Agreements"), consents)] if consents else []),
    ]


def _named(question: Question, language: str) -> str:
    text = question.text.in_language(language)
    short = text if len(text) <= 90 else text[:89].rstrip() + "…"
    return f"{question.code} · {short}"


def problems(chosen: Mapping[str, str], day: str, definition: Definition) -> list[str]:
    """What is missing or said twice, before values are looked at."""
    found = []
    codes = list(chosen.values())
    keys = sum(code in (KEY, KEY_AND_DATE) for code in codes)
    dates = sum(code in (DATE, KEY_AND_DATE) for code in codes)
    if keys != 1:
        found.append(
            _("Choose one column, and only one, as the identifier of each answer.")
        )
    if dates > 1 or (dates == 0) != bool(day):
        found.append(
            _("Choose the column of the day of sending, or give one day for all.")
        )
    if codes.count(PLACE) != 1:
        found.append(_("Choose one column, and only one, as the territory."))
    message = _("Several columns are chosen for question %(code)s: keep only one.")
    for question in definition.questions:
        takes_one = question.type not in ("multiple", "matrix", "ranking")
        if takes_one and codes.count(question.code) > 1:
            found.append(message % {"code": question.code})
    return found
