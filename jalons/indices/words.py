"""Numbers and codes of an index in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.documents.words import with_sign
from jalons.indices.results import BORROWED, SINGLE
from jalons.territories.models import Territory

NO_VALUE = "–"
UNITS = {
    **{"percent": "%", "euros": "€", "km": "km"},
    "per_km2": gettext_lazy("people/km²"),
}
STATUSES = {
    "secret": gettext_lazy("statistical secrecy"),
    "missing": gettext_lazy("missing"),
    "unloaded": gettext_lazy("file not loaded"),
    "elsewhere": gettext_lazy("known at another level only"),
}
COLUMNS = {
    "code": gettext_lazy("code"),
    "name": gettext_lazy("name"),
    "departement": gettext_lazy("département"),
    "score": gettext_lazy("score"),
    "rank_low": gettext_lazy("best place in 90% of the ways"),
    "rank_middle": gettext_lazy("middle place"),
    "rank_high": gettext_lazy("last place in 90% of the ways"),
    "ranked": gettext_lazy("territories placed"),
    "share_in_most_fragile_third": gettext_lazy("share of ways in the fragile third"),
    "label": gettext_lazy("reading"),
    "index": gettext_lazy("index"),
    "version": gettext_lazy("version"),
    "personalised": gettext_lazy("personalised"),
    "reference": gettext_lazy("reference"),
    "status": gettext_lazy("status"),
    "known_indicators": gettext_lazy("figures known (n)"),
    "indicators": gettext_lazy("figures asked"),
    "imputed_share": gettext_lazy("share of estimated values"),
    "sources": gettext_lazy("sources"),
    "frozen_on": gettext_lazy("frozen on"),
    "code_version": gettext_lazy("version of the formulas"),
    "checksum": gettext_lazy("checksum"),
}
"""Headings of the files, in the reader's language."""
LABELS = {
    "robust": gettext_lazy("robust"),
    "sensitive": gettext_lazy("sensitive"),
    BORROWED: gettext_lazy("value of a larger territory"),
    SINGLE: gettext_lazy("one indicator: cannot be judged"),
}
UNSCORED = {
    "weight": gettext_lazy("too few figures known"),
    "axis": gettext_lazy("nothing known of one axis"),
    "reference": gettext_lazy("reference not known enough"),
    "unloaded": gettext_lazy("file not loaded"),
    "": gettext_lazy("not computable"),
}
"""Why a territory has no score."""
CHOICES = {
    "scale": gettext_lazy("The scale (percentile or min–max)"),
    "mean": gettext_lazy("The mean (arithmetic or geometric)"),
    "inherited": gettext_lazy("Inherited values, kept or left out"),
    "weights": gettext_lazy("The weights"),
}
OVERLAPS = {
    "twice": gettext_lazy("count the same thing twice"),
    "against": gettext_lazy("cancel part of each other"),
}


def header(columns: Iterable[str]) -> list[str]:
    """The first line of a file."""
    return [str(COLUMNS[one]) for one in columns]


def label(code: str) -> str:
    """What is said of a score; a code that is no longer used is given as it is."""
    return str(LABELS.get(code, code))


def decimal(value: float | None, digits: int = 1) -> str:
    """The value rounded (Django's own formatting cuts), or a dash."""
    if value is None:
        return NO_VALUE
    rounded = Decimal(f"{value:.{digits}f}") + 0  # No minus before a rounded zero.
    return number_format(rounded, digits, force_grouping=True).replace("-", "−")


def signed(value: float | None, digits: int = 2) -> str:
    """With its sign, plus included."""
    text = decimal(value, digits)
    return f"+{text}" if value is not None and round(value, digits) > 0 else text


def whole(value: float) -> str:
    return number_format(round(value), force_grouping=True)


def percent(share: float) -> str:
    """A share; what is not quite none or all is never rounded to it."""
    if 0 < share < 0.01:
        return _("less than 1%")
    if 0.99 < share < 1:
        return _("more than 99%")
    return _("%(value)s%%") % {"value": f"{share * 100:.0f}"}


def weight(share: float | None) -> str:
    """A share of the index: 12.5 % and 12.5 % make 25 %."""
    if share is None:
        return NO_VALUE
    digits = 0 if abs(share * 100 - round(share * 100)) < 0.05 else 1
    return _("%(value)s%%") % {"value": decimal(share * 100, digits)}


def figure(value: float | None, unit: str, status: str) -> str:
    """A figure with its unit, or why there is none."""
    if value is None:
        return str(STATUSES.get(status, NO_VALUE))
    digits = 0 if unit == "euros" else 1
    return with_sign(decimal(value, digits), str(UNITS.get(unit, "")))


def territories(level: str, n: int) -> str:
    """ "154 EPCI", "1 commune"."""
    counts = {
        Territory.Kind.IRIS: _("%(n)s IRIS"),
        Territory.Kind.COMMUNE: ngettext("%(n)s commune", "%(n)s communes", n),
        Territory.Kind.EPCI: _("%(n)s EPCI"),
        Territory.Kind.DEPARTEMENT: ngettext(
            "%(n)s département", "%(n)s départements", n
        ),
        Territory.Kind.REGION: ngettext("%(n)s région", "%(n)s régions", n),
    }
    return counts[Territory.Kind(level)] % {"n": whole(n)}
