"""Figures in the reader's words: a number, its unit, the reason when there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jalons.analysis.findings import HIGH_BANDS, Kind
from jalons.analysis.position import Band
from jalons.documents.words import with_sign
from jalons.territories.models import Territory

DECIMALS = {"percent": 1, "share": 0, "euros": 0, "inhabitants": 0, "level": 0}
UNITS = {"percent": "%", "share": "%", "euros": "€", "km": "km"}

BANDS: dict[Band, str | Promise] = {
    "lowest": gettext_lazy("in the lowest tenth"),
    "low": gettext_lazy("rather low"),
    "middle": gettext_lazy("in the middle half"),
    "high": gettext_lazy("rather high"),
    "highest": gettext_lazy("in the highest tenth"),
}
KINDS: dict[Kind, str | Promise] = {
    "strength": gettext_lazy("Strength"),
    "weakness": gettext_lazy("Weak point"),
    "question": gettext_lazy("Question to ask"),
}
OWNERS: dict[Territory.Kind, str | Promise] = {
    Territory.Kind.COMMUNE: gettext_lazy("value of the commune"),
    Territory.Kind.EPCI: gettext_lazy("value of the EPCI"),
    Territory.Kind.DEPARTEMENT: gettext_lazy("value of the département"),
    Territory.Kind.REGION: gettext_lazy("value of the région"),
}
"""Whose value it is, when it is not that of the territory itself."""
REASONS: dict[str, str | Promise] = {
    "secret": gettext_lazy("statistical secrecy"),
    "missing": gettext_lazy("no value in the producer’s file"),
    "": gettext_lazy("not loaded"),
}


def plain(value: float, unit: str, more: int = 0) -> str:
    """The number alone, with the decimals of its unit, and `more`."""
    digits = DECIMALS.get(unit, 1) + more
    # Django cuts decimals; the source's figure is rounded first.
    rounded = Decimal(f"{value:.{digits}f}")
    return str(number_format(rounded, digits, force_grouping=True))


def text(value: float, unit: str, more: int = 0) -> str:
    """The number and its unit, kept on one line."""
    return with_sign(plain(value, unit, more), UNITS.get(unit, ""))


def bound(value: float, unit: str, more: int = 0) -> str:
    """The first of two numbers; its sign is the second’s, unless it comes first."""
    said, number = text(value, unit, more), plain(value, unit, more)
    return number if said.startswith(number) else said


def finer(value: float, band: Band, half: tuple[float, float], unit: str) -> int:
    """How many more decimals tell a value from the end of the middle half that it
    lies beyond: none as a rule, one where both are the same once rounded."""
    if band == "middle":
        return 0
    end = half[1] if band in HIGH_BANDS else half[0]
    return int(plain(value, unit) == plain(end, unit))


def reason(status: str) -> str:
    """Why there is no value."""
    return str(REASONS.get(status, REASONS[""]))


def whole(value: int) -> str:
    return str(number_format(value, force_grouping=True))


def persons(count: int, unit: str | Promise) -> str:
    """A number of people or households worked out from a share."""
    return _("about %(count)s %(unit)s") % {"count": whole(count), "unit": unit}


def localised(texts: Mapping[str, str]) -> str:
    """A text of a definition in the reader's language; French when it has no other."""
    text = texts.get(get_language() or "fr", texts["fr"])
    # Lines are folded in the files for those who review them.
    return re.sub(r"[ \t]*\n[ \t]*", " ", text.strip())


def listed(names: list[str]) -> str:
    """ "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {
        "first": ", ".join(names[:-1]),
        "last": names[-1],
    }


def peers(kind: str, within: str, count: int) -> str:
    """ "the 154 EPCI of Nouvelle-Aquitaine"."""
    labels = {
        Territory.Kind.IRIS: _("the %(count)s IRIS of the département %(within)s"),
        Territory.Kind.COMMUNE: _(
            "the %(count)s communes of the département %(within)s"
        ),
        Territory.Kind.EPCI: _("the %(count)s EPCI of %(within)s"),
        Territory.Kind.DEPARTEMENT: _("the %(count)s départements of France"),
        Territory.Kind.REGION: _("the %(count)s régions of France"),
    }
    return labels[Territory.Kind(kind)] % {"count": whole(count), "within": within}
