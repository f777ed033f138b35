"""One value given to one question: kept in its plain form, or refused with the mend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.questionnaires.schema import DONT_KNOW, Question

Answer = str | list[str] | int | float

CONSENTED = "yes"
AGREEING = ("yes", "oui", "true", "on", "1", "x")
NOT_AGREEING = ("", "no", "non", "false", "off", "0")
SHORT_TEXT_LENGTH = 200
LONG_TEXT_LENGTH = 2000
NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
LARGEST = 1e12
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
    if value is None or value == "" or value == []:
        return None
    if question.type == "single":
        return _one_option(question, value, profile)
    if question.type == "multiple":
        return _options(question, value, profile)
    if question.type == "number":
        return _number(question, value)
    if question.type == "territory":
        return _territory(value, territories)
    return _text(question, value)


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
    if not question.has_options:
        return str(answer)
    texts = {o.code: o.text.in_language(language, easy) for o in question.options}
    texts[DONT_KNOW] = _("I do not know")
    codes = answer if isinstance(answer, list) else [answer]
    return " · ".join(texts.get(code, code) for code in codes)


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
    return {DONT_KNOW, *(option.code for option in question.options_for(profile))}


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
