"""Values of indicators, as people write and read them; a wrong unit is told."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from jalons.evaluation.models.followed import DECIMALS, Followed

Unit = Followed.Unit
MOST = Decimal(10) ** 10
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
WRITTEN = re.compile(r"([+\-−]?)(\d+)(?:[.,](\d+))?\s*(.*)")
MARKS = {
    Unit.PERCENT: ("%", "percent", "pour cent"),
    Unit.EUROS: ("€", "euros", "euro", "eur"),
    Unit.PEOPLE: ("personnes", "personne", "people"),
    Unit.POINTS: ("points", "point"),
}
"""What may follow a number, unit by unit; anything else is another unit."""
SIGNED = (Unit.POINTS, Unit.SKILLS)
"""Units of a difference: the only ones that go under zero."""
WHOLE = (Unit.COUNT, Unit.PEOPLE)
AT_MOST = {Unit.PERCENT: 100, Unit.SKILLS: 5}


class NotAValue(ValueError):
    """It cannot be a value of this unit; its text says why and how to mend it."""


def read_value(text: str, unit: str) -> Decimal:
    """A value as it was typed, in the unit of its indicator. Raises NotAValue.

    >>> read_value("12,5 %", "percent"), read_value("1 250", "people")
    (Decimal('12.5'), Decimal('1250'))
    """
    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", text.strip())
    found = WRITTEN.fullmatch(plain)
    if found is None or not plain.isprintable():
        raise NotAValue(_("This is not a number: write for example 12.5."))
    sign, whole, cents, mark = found.groups()
    value = Decimal(f"{whole}.{cents or 0}")
    if mark and mark.casefold() not in MARKS.get(Unit(unit), ()):
        message = _("“%(mark)s” is another unit: this indicator is in %(unit)s.")
        raise NotAValue(message % {"mark": mark, "unit": Unit(unit).label})
    if len(cents or "") > DECIMALS:
        raise NotAValue(_("Three decimals at most: round it."))
    check_value(-value if sign in ("-", "−") else value, unit)
    return (-value if sign in ("-", "−") else value).normalize() + 0


def check_value(value: Decimal, unit: str) -> None:
    """What no measure of this unit can be. Raises NotAValue."""
    kind = Unit(unit)
    if value < 0 and kind not in SIGNED:
        raise NotAValue(_("This cannot be less than zero."))
    if kind in WHOLE and value != value.to_integral_value():
        raise NotAValue(_("This is a whole number: nothing after the comma."))
    most = AT_MOST.get(kind)
    if most is not None and abs(value) > most:
        message = _("This cannot be more than %(most)s: is it another unit?")
        raise NotAValue(message % {"most": most})
    if abs(value) >= MOST:
        raise NotAValue(_("This number is too large: check it."))


def rounded(value: float | Decimal, to: Decimal = TENTH) -> Decimal:
    """Half away from zero, on every page alike; never “-0”.

    >>> rounded(0.125, HUNDREDTH), rounded(-0.004, HUNDREDTH)
    (Decimal('0.13'), Decimal('0.00'))
    """
    return Decimal(str(value)).quantize(to, ROUND_HALF_UP) + 0


def plain(value: Decimal | None) -> Decimal | None:
    """The same number without the zeros that its column adds.

    >>> plain(Decimal("1300.000")), plain(Decimal("2.500"))
    (Decimal('1300'), Decimal('2.5'))
    """
    if value is None or value != value.to_integral_value():
        return value.normalize() if value is not None else None
    return value.quantize(Decimal(1))


def typed(value: Decimal | None) -> str:
    """A value as one would type it again; nothing when there is none."""
    if value is None:
        return ""
    plain = value.normalize()
    decimals = max(0, -int(plain.as_tuple().exponent))
    return number_format(plain, decimals, use_l10n=True, force_grouping=True)


def shown(value: Decimal | None, unit: str) -> str:
    """A value with its unit; a dash when it is not known."""
    if value is None:
        return "–"
    number = typed(value)
    match Unit(unit):
        case Unit.PERCENT:
            return _("%(n)s%%") % {"n": number}
        case Unit.EUROS:
            return _("€%(amount)s") % {"amount": number}
        case Unit.COUNT:
            return number
        case Unit.SKILLS:
            return _("%(n)s of five areas of skill") % {"n": number}
        case Unit.PEOPLE if value == 1:
            return _("1 person")
        case Unit.POINTS if value == 1:
            return _("1 point")
        case other:
            return f"{number} {other.label}"
