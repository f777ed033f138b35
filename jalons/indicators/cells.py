"""One cell of a producer's file: a number, or the mark of why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.indicators.models import Indicator, Observation
from jalons.indicators.producers.layouts import BadRow, WrongUnit

Status = Observation.Status
Unit = Indicator.Unit

SECRET_MARKS = frozenset({"s", "c", "secret"})
MISSING_MARKS = frozenset({"", "nd", "n.d.", "nc", "na", "n/a", "nan", "-", "ns", "so"})
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?")
SPACES = re.compile(r"[\s\u00a0\u202f]")

SIGNS = {
    "%": Unit.PERCENT,
    "€": Unit.EUROS,
    "eur": Unit.EUROS,
    "euro": Unit.EUROS,
    "euros": Unit.EUROS,
    "km": Unit.KM,
}
SIGNED = re.compile(rf"(.*\d)\s*({'|'.join(SIGNS)})\s*", re.IGNORECASE)


def split_sign(text: str) -> tuple[str, str]:
    """A cell and the unit whose sign it ends with, if any.

    >>> split_sign("20 500 €"), split_sign("12,5 %"), split_sign("7")
    (('20 500', 'euros'), ('12,5', 'percent'), ('7', ''))
    """
    signed = SIGNED.fullmatch(text)
    if signed is None:
        return text, ""
    return signed[1], SIGNS[signed[2].lower()].value


def read_number(text: str, column: str) -> tuple[float | None, Status]:
    """The number written with a point or a comma, or why there is none.

    Raises BadRow for anything else: a number is never guessed.
    """
    if PLAIN.fullmatch(text):
        return float(text), Status.PUBLISHED
    mark = text.strip().lower()
    if mark in SECRET_MARKS:
        return None, Status.SECRET
    if mark in MISSING_MARKS:
        return None, Status.MISSING
    bare = SPACES.sub("", mark)
    if NUMBER.fullmatch(bare):
        return float(bare.replace(",", ".")), Status.PUBLISHED
    _bare, unit = split_sign(text)
    if unit:
        message = _(
            "“%(text)s” is written in another unit (%(unit)s) than the one chosen for "
            "this figure: choose that unit, or correct the cell."
        )
        raise WrongUnit(column, message % {"text": text, "unit": Unit(unit).label})
    message = _(
        "“%(text)s” is not a number: write a number, nothing when it is missing, s "
        "when it is secret."
    )
    raise BadRow(column, message % {"text": text})


@dataclass(frozen=True, slots=True)
class Made:
    """One figure, ready to be written."""

    code: str
    indicator: str
    value: float | None
    status: Status
    numerator: float | None = None
    base: float | None = None
    known_share: float | None = None
