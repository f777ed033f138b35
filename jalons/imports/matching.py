"""First screen of a mapping: what each column of the file is, proposed then chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, cast

from django.utils.translation import gettext as _

from jalons.imports import shapes
from jalons.imports.guessing import (
    ENOUGH_VALUES,
    NOTHING,
    Asked,
    Choice,
    Guess,
    guess_question,
    is_cut_without_doubt,
    share_known,
)
from jalons.imports.scanning import Scan, SeenColumn
from jalons.imports.words import simple, telling_words
from jalons.questionnaires.definitions import Definition, Option, Question, Text

SET_ASIDE, ROWS_ASIDE = "-", "--"
"""A thing that is not read; a value whose rows are left aside whole."""
NOT_READ = Guess(SET_ASIDE, 0.9)
TICKS = frozenset({"x"})
"""What Framaforms writes in a box ticked; the others are empty."""
KEY, DATE, KEY_AND_DATE, PLACE = ":key", ":date", ":key_date", ":territory"
CHANNEL, WEIGHT = ":channel", ":weight"
CONSENT = ":consent:"
ROLES = {KEY, DATE, KEY_AND_DATE, PLACE, CHANNEL, WEIGHT}


class Matched(TypedDict):
    """What was chosen on the first screen."""

    columns: dict[str, str]
    day: str
    weight_source: str
    by_content: bool


def matched_of(choices: Mapping[str, object]) -> Matched:
    """What was chosen, as an import remembers it."""
    return Matched(
        columns=cast(dict[str, str], choices["columns"]),
        day=str(choices.get("day", "")),
        weight_source=str(choices.get("weight_source", "")),
        by_content=bool(choices.get("by_content")),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column probably is, and how surely."""

    column: SeenColumn
    guess: Guess

    @property
    def title(self) -> str:
        """The name of the column, after the heading that makes a box understood."""
        column = self.column
        is_box = column.under and {simple(t) for t in column.texts} <= TICKS
        return f"{column.under} › {column.name}" if is_box else column.name


def asked_of(question: Question) -> Asked:
    """A question and its options as the guesses read them."""
    return Asked(
        Choice(question.code, wordings(question.text)),
        tuple(Choice(o.code, _option_wordings(question, o)) for o in question.options),
    )


def _option_wordings(question: Question, option: Option) -> tuple[str, ...]:
    """How an option is written; in a ranking, its rank may stand before it."""
    plain = wordings(option.text)
    if question.type != "ranking":
        return plain
    ranks = range(1, len(question.options) + 1)
    return (*plain, *(f"{rank}. {one}" for one in plain for rank in ranks))


def wordings(text: Text) -> tuple[str, ...]:
    return tuple(one for one in (text.fr, text.en, text.fr_easy) if one)


def proposals(definition: Definition, scan: Scan) -> list[Proposal]:
    """One proposal a column, in the order of the file."""
    shape, _share = shapes.recognise([column.name for column in scan.columns])
    names = [column.name for column in scan.columns if column.texts]
    key = shapes.column_among(names, shape.key)
    date = shapes.column_among(names, shape.date)
    questions = [
        asked_of(question)
        for question in definition.questions
        if question.type != "territory"
    ]
    territory = definition.with_role("territory")
    places = shapes.PLACES | ({simple(territory.code)} if territory else set())
    found = [
        Proposal(column, _guess(column, key, date, shape, places, questions))
        for column in scan.columns
    ]
    aside = {name for asked in questions for name in _told_twice(found, asked)}
    return [
        replace(one, guess=NOT_READ) if one.column.name in aside else one
        for one in found
    ]


def _told_twice(found: Sequence[Proposal], asked: Asked) -> Iterator[str]:
    """Columns that say again what others say: boxes, or the column of them all.

    KoboToolbox writes both, “difficulties” then “difficulties/time”. The column of
    them all is read when its cells can be cut without a doubt, else the boxes are.
    """
    mine = [one.column for one in found if one.guess.code == asked.choice.code]
    for whole in mine:
        boxes = [one for one in mine if one.name.startswith(f"{whole.name}/")]
        if not boxes:
            continue
        if is_cut_without_doubt(whole.texts, asked.options):
            yield from (one.name for one in boxes)
        else:
            yield whole.name


def _guess(
    column: SeenColumn,
    key: str,
    date: str,
    shape: shapes.Shape,
    places: frozenset[str],
    questions: list[Asked],
) -> Guess:
    said = shapes.names_of(column.name)
    if column.name in (key, date):
        both = KEY_AND_DATE if key == date else (KEY if column.name == key else DATE)
        return Guess(both, 0.9 if shape.title else 0.7)
    if said & shape.ignored or column.name.startswith("Jalons"):
        return NOT_READ
    if said & (shapes.WEIGHTS | shapes.CHANNELS):
        return Guess(WEIGHT if said & shapes.WEIGHTS else CHANNEL, 0.7)
    if said & places:
        return Guess(PLACE, 0.9)
    found = guess_question(column.name, column.texts, questions)
    if found.level != "sure" and column.under:
        found = max(found, _under(column, questions), key=lambda one: one.confidence)
    if found.level != "sure" and telling_words(column.name) & shapes.PLACE_WORDS:
        return Guess(PLACE, 0.7)
    is_empty = not column.texts and found.level == "none"
    return NOT_READ if is_empty else found


def _under(column: SeenColumn, questions: list[Asked]) -> Guess:
    """The question named above a box to tick, or above an answer of that question."""
    name = f"{column.under} [{column.name}]"
    found = guess_question(name, (), questions)
    if {simple(text) for text in column.texts} <= TICKS:
        return found
    options = next((q.options for q in questions if q.choice.code == found.code), ())
    fits = share_known(column.texts, options) >= ENOUGH_VALUES
    return found if fits else NOTHING


def choices_of(
    definition: Definition, language: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column may be, in groups."""
    roles = [
        (KEY, _("The identifier of each answer")),
        (DATE, _("The day the answer was sent")),
        (KEY_AND_DATE, _("Both: the moment of sending identifies the answer")),
        (PLACE, _("The territory (its code or its name)")),
        (CHANNEL, _("How the person answered: online, by telephone, on paper…")),
        (WEIGHT, _("A weight of the answer, computed elsewhere")),
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


def problems(matched: Matched, definition: Definition) -> list[str]:
    """What is missing or said twice, before values are looked at."""
    found = []
    day, codes = matched["day"], list(matched["columns"].values())
    keys = sum(code in (KEY, KEY_AND_DATE) for code in codes)
    dates = sum(code in (DATE, KEY_AND_DATE) for code in codes)
    if keys > 1 or (keys == 0) != matched["by_content"]:
        found.append(
            _(
                "Choose one column, and only one, as the identifier of each answer; or "
                "choose none, and tick below that no column identifies the answers."
            )
        )
    if dates > 1 or (dates == 0) != bool(day):
        found.append(
            _("Choose the column of the day of sending, or give one day for all.")
        )
    if codes.count(PLACE) != 1:
        found.append(_("Choose one column, and only one, as the territory."))
    if codes.count(CHANNEL) > 1:
        found.append(_("Choose one column at most as how the person answered."))
    found += _about_weight(codes.count(WEIGHT), matched["weight_source"])
    message = _("Several columns are chosen for question %(code)s: keep only one.")
    for question in definition.questions:
        takes_one = question.type not in ("multiple", "matrix", "ranking")
        if takes_one and codes.count(question.code) > 1:
            found.append(message % {"code": question.code})
    return found


def _about_weight(count: int, source: str) -> Iterator[str]:
    if count > 1:
        yield _("Choose one column at most as the weight of the answer.")
    elif count and not source:
        yield _(
            "A column is chosen as a weight: say below who computed it, and how, or do "
            "not read this column."
        )
