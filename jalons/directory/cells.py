"""What each cell of a list of places may hold, and what becomes of the others.

A cell that would make the place wrong or unsafe refuses its row (BadRow). A cell that
is only of no use is set apart and said (`notes`): it is never shown as if it were read.
"""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    URLValidator,
    validate_email,
)
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from jalons.directory.vocabulary import Vocabulary

TAG = re.compile(r"<[a-z/!][^>]*>", re.IGNORECASE)
PIVOT = re.compile(r"[a-zA-Z0-9]{9,14}")
POSTCODE = re.compile(r"\d{5}")
PHONE = re.compile(r"\+\d{6,14}")
# 06 and 07 in metropolitan France, and their like overseas.
MOBILE = re.compile(
    r"\+(33[67]|590690|590691|594694|596696|596697|262692|262693|262639)"
)
ADDRESS_IN_TEXT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MOBILE_IN_TEXT = re.compile(r"(?:(?:\+|00)\s?33\s?|0)[67](?:[\s.\u00a0-]?\d{2}){4}")
SEVERAL = re.compile(r"[|;]")
SEVERAL_MAILBOXES = re.compile(r"[|;,\s]+")
SUMMARY_LENGTH = 280
NO_DAY = date(1970, 1, 1)
longest_address = MaxLengthValidator(500)
longest_mailbox = MaxLengthValidator(254)
web_address = URLValidator(schemes=["http", "https"])


class BadRow(Exception):
    """A row that cannot be a place: the column at fault, and how to mend it."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column, self.reason = column, reason


class Notes:
    """What was set apart in a row: sentences by column, and texts kept as they are."""

    def __init__(self) -> None:
        self.remarks: list[tuple[str, str]] = []
        self.unread: dict[str, list[str]] = {}

    def say(self, column: str, sentence: str) -> None:
        self.remarks.append((column, sentence))

    def keep(self, column: str, text: str, sentence: str) -> None:
        self.unread.setdefault(column, []).append(text)
        self.say(column, sentence)


def line_of_text(cells: dict[str, str], column: str, longest: int = 250) -> str:
    """A text on one line, without HTML."""
    text = " ".join(html.unescape(cells.get(column, "")).split())
    if "<" in text and TAG.search(text):
        raise BadRow(column, _("This text holds HTML: remove what is between < and >."))
    if len(text) > longest:
        message = _("This text is longer than %(n)d characters: shorten it.")
        raise BadRow(column, message % {"n": longest})
    return text


def long_text(cells: dict[str, str], column: str, notes: Notes) -> str:
    """A text of several lines; its HTML, if any, is taken out and said."""
    text = cells.get(column, "")
    plain = _without_tags(text)
    if plain != text:
        notes.say(column, _("HTML was taken out of this text."))
    return plain.strip()


def _without_tags(text: str) -> str:
    if not TAG.search(text):
        return text
    spaced = re.sub(r"<(br|/p|/li|/div)[^>]*>", "\n", text, flags=re.IGNORECASE)
    return html.unescape(strip_tags(spaced))


def terms(
    cells: dict[str, str], column: str, vocabulary: Vocabulary, notes: Notes
) -> list[str]:
    """The codes of the values of a list, in the order of the schema."""
    text = cells.get(column, "")
    if not text:
        return []
    found, unknown = _read_terms(text, column, vocabulary)
    for value in unknown:
        message = _("This value is not in the vocabulary: kept as text.")
        notes.keep(column, value, message)
    return list(found)


@lru_cache(maxsize=20_000)
def _read_terms(
    text: str, column: str, vocabulary: Vocabulary
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of a cell, and the values that have none."""
    # A published text holds a semicolon only between values.
    whole = vocabulary.code_of(column, text)
    values = [text] if whole else [one.strip() for one in SEVERAL.split(text)]
    codes = {value: vocabulary.code_of(column, value) for value in values if value}
    found = {*codes.values()}
    in_order = tuple(code for code in vocabulary.terms[column] if code in found)
    return in_order, tuple(value for value, code in codes.items() if code is None)


def pivot(cells: dict[str, str], notes: Notes) -> str:
    text = cells.get("pivot", "").replace(" ", "")
    if text and not text.strip("0"):
        notes.keep("pivot", cells["pivot"], _("Zeros are no number: not known."))
        return ""
    if text and not PIVOT.fullmatch(text):
        message = _("9 to 14 letters and digits are expected (SIRET, RNA or RIDET).")
        notes.keep("pivot", cells["pivot"], message)
        return ""
    return text


def postcode(cells: dict[str, str], notes: Notes) -> str:
    text = cells.get("code_postal", "")
    if text and not POSTCODE.fullmatch(text):
        notes.keep("code_postal", text, _("Five digits are expected: kept as text."))
        return ""
    return text


def day(cells: dict[str, str], column: str, notes: Notes, today: date) -> date | None:
    """A day written 2026-11-25, or 25/11/2026 as French spreadsheets do."""
    text = cells.get(column, "")[:10]
    if not text:
        return None
    found = _read_day(text)
    if found == NO_DAY:
        message = _("1 January 1970 is what a machine writes of no day: not known.")
        notes.keep(column, cells[column], message)
        return None
    if found and found <= today:
        return found
    message = _("A day before today is expected, as 2026-11-25: set apart.")
    notes.keep(column, cells[column], message)
    return None


@lru_cache(maxsize=5_000)
def _read_day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def web_pages(cells: dict[str, str], column: str, notes: Notes) -> list[str]:
    """Addresses that can be followed; anything but http and https is set apart."""
    found = []
    for address in filter(None, re.split(r"[|;\s]+", cells.get(column, ""))):
        try:
            web_address(address)
            longest_address(address)
            found.append(address)
        except ValidationError:
            message = _("This is not a web address (https://…): not shown.")
            notes.keep(column, address, message)
    return found


def phone(cells: dict[str, str], notes: Notes) -> str:
    """A number in its international form: +33556000000."""
    text = cells.get("telephone", "")
    number = re.sub(r"[\s.()\u00a0-]", "", text)
    if re.fullmatch(r"0[1-9]\d{8}", number):
        number = f"+33{number[1:]}"
        notes.say("telephone", _("Written again in its international form (+33…)."))
    if number and not PHONE.fullmatch(number):
        message = _("This is not a telephone number as +33556000000: not shown.")
        notes.keep("telephone", text, message)
        return ""
    return number


def mailboxes(cells: dict[str, str], notes: Notes) -> list[str]:
    found = []
    for address in filter(None, SEVERAL_MAILBOXES.split(cells.get("courriels", ""))):
        try:
            validate_email(address)
            longest_mailbox(address)
            found.append(address)
        except ValidationError:
            notes.keep("courriels", address, _("This is not an e-mail: not shown."))
    return found


def is_mobile(number: str) -> bool:
    """Whether a number is likely to be one person's."""
    return bool(MOBILE.match(number))


def is_shared(address: str, vocabulary: Vocabulary) -> bool:
    """Whether an address says that it is a place's; in doubt, it is a person's."""
    name, _at, domain = address.casefold().partition("@")
    shared = vocabulary.schema.shared_mailboxes
    first = re.split(r"[._-]", name)[0]
    return (
        name in shared.words
        or first in shared.words
        or domain in shared.domains
        or any(part in name for part in shared.within)
    )


def without_contacts(text: str, vocabulary: Vocabulary) -> str:
    """A text without the mobile numbers and personal addresses written in it."""
    hidden = _("[contact not published]")
    text = MOBILE_IN_TEXT.sub(hidden, text)
    return ADDRESS_IN_TEXT.sub(
        lambda found: found[0] if is_shared(found[0], vocabulary) else hidden, text
    )
