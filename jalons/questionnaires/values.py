"""One value given to one question: kept in its plain form, or refused with the mend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.questionnaires.schema import DONT_KNOW, NOT_CONCERNED, Question

Answer = str | list[str] | dict[str, str] | int | float
"""A matrix is answered by the option chosen on each line; a ranking by a list of
options, the first one first; a date by its ISO text."""

CONSENTED = "yes"
AGREEING = ("yes", "oui", "true", "on", "1", "x")
NOT_AGREEING = ("", "no", "non", "false", "off", "0")
SHORT_TEXT_LENGTH = 200
LONG_TEXT_LENGTH = 2000
NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
LARGEST = 1e12
DAY_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
TERRITORY_CODE = re.compile(r"[0-9A-Z]{2,9}")


class Refused(ValueError):
    """A value that does not answer the question; `allowed` lists what would."""

    def __init__(self, message: str, allowed: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.allowed = tuple(allowed)


def clean_value(
    question: Question,
    value: object,
    *,
    profile: str | None = None,
    territories: Collection[str] | None = None,
) -> Answer | None:
    """The value in the form it is kept in; None when nothing is left to keep."""
    if value is None or value in ("", []):
        return None
    if question.type in ("single", "scale"):
        return _one_option(question, value, profile)
    if question.type == "multiple":
        return _options(question, value, profile)
    if question.type == "ranking":
        return _ranking(question, value, profile)
    if question.type == "matrix":
        return _matrix(question, value)
    if question.type == "number":
        return _number(question, value)
    if question.type == "date":
        return _date(question, value)
    if question.type == "territory":
        return _territory(value, territories)
    return _text(question, value)


def is_whole(question: Question, answer: object) -> bool:
    """Whether nothing is left to answer: every line of a matrix, for one."""
    if question.type == "matrix":
        return isinstance(answer, dict) and len(answer) == len(question.rows)
    return answer is not None


def has_consented(value: object) -> bool:
    """Whether the box of a consent is ticked, as a form or a file says it."""
    words = shown(value).strip().lower()
    if words not in AGREEING + NOT_AGREEING:
        raise Refused(_("For consent, write yes or no."))
    return words in AGREEING


def in_words(
    question: Question, answer: Answer, *, language: str, easy: bool = False
) -> str:
    """An answer as a person reads it."""
    if isinstance(answer, int | float):
        return shown_number(answer, language)
    if question.type == "date":
        return _day_in_words(str(answer))
    if not question.has_options:
        return str(answer)
    texts = option_texts(question, language, easy)
    if isinstance(answer, dict):
        rows = {row.code: row.text.in_language(language, easy) for row in question.rows}
        said = _("%(line)s: %(answer)s")
        return " · ".join(
            said % {"line": rows.get(row, row), "answer": texts.get(code, code)}
            for row, code in answer.items()
        )
    codes = answer if isinstance(answer, list) else [answer]
    words = [texts.get(code, code) for code in codes]
    if question.type == "ranking":
        words = [f"{rank}. {text}" for rank, text in enumerate(words, start=1)]
    return " · ".join(words)


def option_texts(
    question: Question, language: str, easy: bool = False
) -> dict[str, str]:
    """What each answer is called, those that no file writes included."""
    texts = {o.code: o.text.in_language(language, easy) for o in question.options}
    return {**texts, NOT_CONCERNED: _("Not concerned"), DONT_KNOW: _("I do not know")}


def _day_in_words(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return text


def shown_number(number: float, language: str) -> str:
    """A number as it is typed: a comma in French, no superfluous decimals."""
    text = f"{number:.12g}"
    return text if language.startswith("en") else text.replace(".", ",")


def shown(value: object) -> str:
    """Any value as it can be quoted in a message."""
    try:
        text = "" if value is None else str(value)
    except ValueError:  # an integer of thousands of digits
        text = "…"
    return printable(text)[:80]


def printable(text: str) -> str:
    """The text without the characters that a database refuses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept))


def _known_option(question: Question, value: object) -> str:
    code = value.strip() if isinstance(value, str) else None
    if code is None or (code and code not in question.option_codes):
        message = _(
            "Question %(question)s does not accept “%(value)s”; it accepts: %(codes)s."
        )
        details = {
            "question": question.code,
            "value": shown(value),
            "codes": ", ".join(question.option_codes),
        }
        raise Refused(message % details, question.option_codes)
    return code


def _offered(question: Question, profile: str | None) -> set[str]:
    return {
        DONT_KNOW,
        NOT_CONCERNED,
        *(option.code for option in question.options_for(profile)),
    }


def _one_option(question: Question, value: object, profile: str | None) -> str | None:
    code = _known_option(question, value)
    return code if code in _offered(question, profile) else None


def _options(
    question: Question, value: object, profile: str | None
) -> list[str] | None:
    values = value if isinstance(value, list | tuple) else [value]
    ticked = {_known_option(question, one) for one in values}
    ticked &= _offered(question, profile)
    codes = [code for code in question.option_codes if code in ticked]
    _check_together(question, codes)
    return codes or None


def _check_together(question: Question, codes: list[str]) -> None:
    alone = {o.code for o in question.options if o.is_exclusive} | {DONT_KNOW}
    exclusive = next((code for code in codes if code in alone), None)
    if exclusive is not None and len(codes) > 1:
        words = in_words(question, exclusive, language=get_language() or "fr")
        message = _("“%(option)s” does not go with another answer: keep only one.")
        raise Refused(message % {"option": words})
    if question.max_choices is not None and len(codes) > question.max_choices:
        message = ngettext(
            "Tick %(most)s answer at most: you ticked %(count)s.",
            "Tick %(most)s answers at most: you ticked %(count)s.",
            question.max_choices,
        )
        raise Refused(message % {"most": question.max_choices, "count": len(codes)})


def _ranking(
    question: Question, value: object, profile: str | None
) -> list[str] | None:
    """Options in their order, from a list or from the rank given to each."""
    values = list(value) if isinstance(value, list | tuple) else [value]
    if isinstance(value, Mapping):
        values = _by_rank(question, value)
    codes = [_known_option(question, one) for one in values]
    offered = _offered(question, profile)
    kept = [code for code in codes if code in offered]
    if len(set(kept)) < len(kept):
        raise Refused(_("The same answer is ranked twice: keep it once."))
    if question.max_choices is not None and len(kept) > question.max_choices:
        message = ngettext(
            "Rank %(most)s answer at most: you ranked %(count)s.",
            "Rank %(most)s answers at most: you ranked %(count)s.",
            question.max_choices,
        )
        raise Refused(message % {"most": question.max_choices, "count": len(kept)})
    return kept or None


def _by_rank(question: Question, ranks: Mapping[object, object]) -> list[object]:
    """The options from the first rank to the last; one rank goes to one option."""
    found: dict[float, object] = {}
    for option, rank in ranks.items():
        if rank in (None, ""):
            continue
        number = _float(rank)
        if number is None or not number.is_integer() or number < 1:
            message = _("“%(value)s” is not a rank: write 1, 2, 3…")
            raise Refused(message % {"value": shown(rank)})
        if number in found:
            message = _("Two answers have the rank %(rank)s: give each its own.")
            raise Refused(message % {"rank": int(number)})
        found[number] = option
    return [found[number] for number in sorted(found)]


def _matrix(question: Question, value: object) -> dict[str, str] | None:
    """The degree chosen on each line, in the order of the lines."""
    if not isinstance(value, Mapping):
        raise Refused(_("One answer a line is expected."), question.row_codes)
    for row in value:
        if row not in question.row_codes:
            message = _("Question %(question)s has no line “%(line)s”.")
            details = {"question": question.code, "line": shown(row)}
            raise Refused(message % details, question.row_codes)
    found = {
        row: _known_option(question, value[row])
        for row in question.row_codes
        if value.get(row) not in (None, "")
    }
    return {row: code for row, code in found.items() if code} or None


def _date(question: Question, value: object) -> str | None:
    """A day in ISO form, from ISO or from day/month/year."""
    text = shown(value).strip()
    if not text:
        return None
    found = DAY_FIRST.fullmatch(text)
    if found:
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        # A spreadsheet writes midnight after the day; anything else is not a day.
        day = date.fromisoformat(text.removesuffix(" 00:00:00"))
    except ValueError as error:
        message = _("“%(value)s” is not a date: write day/month/year, 31/03/2026.")
        raise Refused(message % {"value": shown(value)}) from error
    if question.earliest and day < question.earliest:
        limit = date_format(question.earliest, "DATE_FORMAT")
        raise Refused(_("Give a date from %(day)s on.") % {"day": limit})
    if question.latest and day > question.latest:
        limit = date_format(question.latest, "DATE_FORMAT")
        raise Refused(_("Give a date up to %(day)s.") % {"day": limit})
    return day.isoformat()


def _number(question: Question, value: object) -> int | float | None:
    if isinstance(value, str) and not value.strip():
        return None
    number = _float(value)
    if number is None or not abs(number) < LARGEST:
        message = _("“%(value)s” is not a number: write digits only, such as 1.5.")
        raise Refused(message % {"value": shown(value)})
    if question.minimum is not None and number < question.minimum:
        low = shown_number(question.minimum, get_language() or "fr")
        raise Refused(_("Write at least %(low)s.") % {"low": low})
    if question.maximum is not None and number > question.maximum:
        high = shown_number(question.maximum, get_language() or "fr")
        raise Refused(_("Write at most %(high)s.") % {"high": high})
    return int(number) if number.is_integer() else number


def _float(value: object) -> float | None:
    """A number, or one typed with a comma or a point, spaces allowed."""
    if isinstance(value, str):
        text = "".join(value.split())
        matched = NUMBER.fullmatch(text)
        return float(text.replace(",", ".")) if matched else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _territory(value: object, territories: Collection[str] | None) -> str | None:
    code = value.strip().upper() if isinstance(value, str) else shown(value)
    if not code:
        return None
    if territories is None:
        is_known = TERRITORY_CODE.fullmatch(code) is not None
    else:
        is_known = code in territories
    if not is_known:
        message = _("“%(code)s” is not a territory of this survey: check the code.")
        raise Refused(message % {"code": shown(value)})
    return code


def _text(question: Question, value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused(_("A text is expected."))
    text = printable(value) if isinstance(value, str) else shown(value)
    is_short = question.type == "short_text"
    text = " ".join(text.split()) if is_short else text.strip()
    most = question.max_length or (SHORT_TEXT_LENGTH if is_short else LONG_TEXT_LENGTH)
    if len(text) > most:
        message = _("Shorten this text to %(most)s characters: it has %(count)s.")
        raise Refused(message % {"most": most, "count": len(text)})
    if text and question.format == "email":
        _check_email(text)
    return text or None


def _check_email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError as error:
        message = _("Write a whole address, such as name@example.org.")
        raise Refused(message) from error
