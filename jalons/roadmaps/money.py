"""Amounts in euros, as people write them and as they are read."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MOST = Decimal("9999999999.99")
WRITTEN = re.compile(r"\d+([.,]\d{1,2})?")
# Thousands apart by points or commas: cents never have three digits.
THOUSANDS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
UNKNOWN = ("à chiffrer", "a chiffrer", "to be costed", "?")


class NotAnAmount(ValueError):
    """Neither an amount in euros nor "to be costed"."""


def read_amount(text: str) -> Decimal | None:
    """An amount as it was typed; None when it is said to be costed.

    >>> read_amount("12 500,50 €"), read_amount("12.500,50"), read_amount("12,500")
    (Decimal('12500.50'), Decimal('12500.50'), Decimal('12500'))
    >>> read_amount("À chiffrer") is None
    True
    """
    words = " ".join(text.split()).casefold()
    if words in UNKNOWN:
        return None
    digits = "".join(words.replace("euros", "").replace("€", "").split())
    if apart := THOUSANDS.fullmatch(digits):
        digits = digits.replace(apart[1], "")
    if not WRITTEN.fullmatch(digits) or not digits.isascii():
        raise NotAnAmount(text)
    amount = Decimal(digits.replace(",", "."))
    if amount > MOST:
        raise NotAnAmount(text)
    return amount


def euros(amount: Decimal | None) -> str:
    """An amount as it is read, cents only when there are some."""
    return (
        _("€%(amount)s") % {"amount": typed(amount)}
        if amount is not None
        else typed(None)
    )


def typed(amount: Decimal | None) -> str:
    """An amount as one would type it again."""
    if amount is None:
        return _("to be costed")
    decimals = 0 if amount == amount.to_integral_value() else 2
    return number_format(amount, decimals, use_l10n=True, force_grouping=True)
