"""The year of a table: what its columns, its name and whoever gives it say of it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from jalons.indicators.checking import refuse
from jalons.indicators.gathering import Gathered
from jalons.indicators.orders import Order
from jalons.indicators.producers.layouts import Layout
from jalons.indicators.reports import TableReport
from jalons.territories.models import CURRENT_YEAR

VINTAGE_LENGTH = 12
# No file that is read here is older.
OLDEST = 1990
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def vintage_of(
    order: Order, layout: Layout, found: Gathered, report: TableReport
) -> str:
    """The vintage that the file says, or that was given; never two different ones.

    Empty, with the reason told, when they disagree or when nothing says it.
    """
    told = _told(layout, found, report.table)
    vintage = told or order.vintage
    reason = _refusal(order, told, report.table) or _impossible(vintage)
    if reason:
        refuse(report, "", reason)
        return ""
    return vintage[:VINTAGE_LENGTH]


def _told(layout: Layout, found: Gathered, name: str) -> str:
    """What the columns say, or the name when only it can."""
    if layout.name_pattern and (
        named := re.search(layout.name_pattern, name, re.IGNORECASE)
    ):
        return named[1]
    if layout.date_column and found.dates:
        return max(found.dates)
    return layout.vintage


def _refusal(order: Order, told: str, name: str) -> str:
    """Two years that disagree: columns are sometimes copied from an older file."""
    if told and order.vintage and told[:4] != order.vintage[:4]:
        message = _(
            "The columns of the file are those of %(found)s, and you asked for "
            "%(asked)s: check which file it is, or correct the year."
        )
        return message % {"found": told, "asked": order.vintage}
    named = {*YEAR.findall(order.name), *YEAR.findall(name)}
    if told and named and not order.vintage and told[:4] not in named:
        message = _(
            "The name of the file says %(named)s, its columns %(found)s: check which "
            "file it is, then give the year of its figures."
        )
        return message % {"named": ", ".join(sorted(named)), "found": told}
    return ""


def _impossible(vintage: str) -> str:
    if not vintage:
        return _("The file does not say the year of its figures: give it.")
    last = CURRENT_YEAR + 1
    if vintage[:4].isdigit() and OLDEST <= int(vintage[:4]) <= last:
        return ""
    message = _("“%(vintage)s” is not a year from %(first)s to %(last)s: correct it.")
    return message % {"vintage": vintage, "first": OLDEST, "last": last}
