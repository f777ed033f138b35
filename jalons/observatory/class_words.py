"""Classes of numbers and periods, in the reader's words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from jalons.analysis.classing import TO, bounds_of
from jalons.documents.words import date_format
from jalons.questionnaires.values import shown_number


def numbers(code: str, language: str) -> str:
    """ "5..10" is "from 5 to less than 10"; without limits, everybody together."""
    low, high = (
        None if bound is None else shown_number(bound, language)
        for bound in bounds_of(code)
    )
    if low is None and high is None:
        return _("All numbers: too few, or too alike, for classes")
    if low is None:
        return _("less than %(high)s") % {"high": high}
    if high is None:
        return _("%(low)s or more") % {"low": low}
    return _("from %(low)s to less than %(high)s") % {"low": low, "high": high}


def period(code: str) -> str:
    """ "2024", "March 2024", or "2021 to 2024"."""
    first, _to, last = code.partition(TO)
    if not last:
        return _moment(first)
    between = {"first": _moment(first), "last": _moment(last)}
    return _("%(first)s to %(last)s") % between


def _moment(code: str) -> str:
    year, _hyphen, month = code.partition("-")
    if not month:
        return year
    return date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT")
