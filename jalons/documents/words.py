"""Days and numbers in words, alike on every page, mail and document of the house.

In French the first of a month is “1er janvier”, which Django's formats do not know. A
whole number has no decimals, a half-point one. A house test looks for days written
otherwise.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def date_format(value: date, form: str = "DATE_FORMAT") -> str:
    """As Django writes it, but for the first of the month in French.

    An instant is told by the clock of here: a database gives it in UTC, where it may
    still be the day before.
    """
    if type(value) is date:
        return _written(value, form, get_language() or "")
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return first_of_month(formats.date_format(value, form))


def whole_day(value: date) -> str:
    """A day short enough for a narrow column, where no line cuts it."""
    return date_format(value, "j N Y").replace(" ", "\u00a0")


@lru_cache(maxsize=512)
def _written(day: date, form: str, language: str) -> str:
    """A long document writes the same few days hundreds of times; an instant is another
    matter: two that are equal are read in two zones."""
    return first_of_month(formats.date_format(day, form))


def first_of_month(text: str) -> str:
    """The same words with “1er” before a month.

    >>> from django.utils.translation import override
    >>> with override("fr"):
    ...     first_of_month("jeudi 1 janvier 2026"), first_of_month("11 mai 2026")
    ('jeudi 1er janvier 2026', '11 mai 2026')
    """
    language = get_language() or ""
    if not language.startswith("fr"):
        return text
    return _one_before_a_month(language).sub("1er ", text)


@lru_cache(maxsize=4)
def _one_before_a_month(language: str) -> re.Pattern[str]:
    """In the language at work; a page writes many days, months are named once."""
    names = {*MONTHS.values(), *MONTHS_3.values(), *MONTHS_ALT.values()}
    months = "|".join(sorted({re.escape(str(name)) for name in names}))
    return re.compile(rf"\b1 (?={months})")


def with_sign(figure: str, sign: str) -> str:
    """A figure and its sign on one line, each where the language wants it.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     [with_sign("12", sign) for sign in ("%", "€", "km", "")]
    ['12%', '€12', '12\\u202fkm', '12']
    """
    match sign:
        case "%":
            return _("%(value)s%%") % {"value": figure}
        case "€":
            return _("€%(value)s") % {"value": figure}
        case _other:
            return f"{figure}\u202f{sign}".rstrip("\u202f")


def number(value: float) -> str:
    """A count or a half-point, thousands apart; what is whole has no decimals.

    >>> from django.utils.translation import override
    >>> with override("fr"):
    ...     number(6.0), number(5.5)
    ('6', '5,5')
    """
    decimals = 0 if float(value).is_integer() else 1
    return formats.number_format(value, decimals, use_l10n=True, force_grouping=True)
