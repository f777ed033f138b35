"""One cell of a producer's file: a number, or the mark of why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.indicators.models import Observation
from jalons.indicators.producers.layouts import BadRow

Status = Observation.Status

SECRET_MARKS = frozenset({"s", "c", "secret"})
MISSING_MARKS = frozenset({"", "nd", "n.d.", "nc", "na", "n/a", "nan", "-", "ns", "so"})
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?")
SPACES = re.compile(r"[\s\u00a0\u202f]")


PERCENT = re.compile(r"(.*\d)[\s\u00a0\u202f]*%\s*")


def without_sign(text: str) -> str:
    """The cell without the sign of percents that it may end with."""
    signed = PERCENT.fullmatch(text)
    return signed[1] if signed else text


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
    if PERCENT.fullmatch(text):
        message = _(
            "“%(text)s” is a percentage, and this figure was said to be something "
            "else: choose percent as its unit, or correct the cell."
        )
        raise BadRow(column, message % {"text": text})
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
