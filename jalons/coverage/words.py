"""Ways, levels and periods as they are said to a reader."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.analysis.gaps import Level, Scale
from jalons.analysis.periods import Period

NARROW = "\u202f"
LEVELS: Mapping[Level, str | Promise] = {
    Level.NEAR: gettext_lazy("near"),
    Level.WITHIN_REACH: gettext_lazy("within reach"),
    Level.FAR: gettext_lazy("far"),
    Level.OUT_OF_REACH: gettext_lazy("out of reach"),
    Level.UNKNOWN: gettext_lazy("no place known"),
}
PERIODS: Mapping[Period, str | Promise] = {
    Period.ANY: gettext_lazy("whatever the hours"),
    Period.WEEKDAY: gettext_lazy("in the daytime, Monday to Friday"),
    Period.EVENING: gettext_lazy("in the evening, Monday to Friday after 6 p.m."),
    Period.SATURDAY_MORNING: gettext_lazy("on Saturday morning"),
    Period.WEEKEND: gettext_lazy("at the weekend"),
}
PLACES: Mapping[Period, str | Promise] = {
    Period.ANY: gettext_lazy("a place"),
    Period.WEEKDAY: gettext_lazy("a place open in the daytime, Monday to Friday"),
    Period.EVENING: gettext_lazy("a place open in the evening, Monday to Friday"),
    Period.SATURDAY_MORNING: gettext_lazy("a place open on Saturday morning"),
    Period.WEEKEND: gettext_lazy("a place open at the weekend"),
}

# Of the indicators of `concerned`: the persons that each is a share of.
CONCERNED: Mapping[str, str | Promise] = {
    "share_65_plus": gettext_lazy("People aged 65 or more"),
    "below_bac": gettext_lazy("People out of school, with less than the baccalauréat"),
    "poverty_rate": gettext_lazy("People under the poverty line"),
}


def way(length: float | None, scale: Scale) -> str:
    """`4 km`, `12 min`, or that none is known."""
    if length is None:
        return _("no place known")
    if scale.unit == "km" and length < 1:
        return _("less than 1 km")
    return f"{whole(length)}{NARROW}{scale.unit}"


def whole(number: float) -> str:
    return number_format(round(number), decimal_pos=0, force_grouping=True)


def tenth(number: float) -> str:
    return number_format(round(number, 1), decimal_pos=1, force_grouping=True)


def limits(scale: Scale) -> list[str]:
    """What each level means, from the nearest."""
    first, second, third = (f"{n:g}{NARROW}{scale.unit}" for n in scale.limits)
    levels = [LEVELS[one] for one in (Level.NEAR, Level.WITHIN_REACH, Level.FAR)]
    upto = [
        _("%(level)s: up to %(limit)s") % {"level": level, "limit": limit}
        for level, limit in zip(levels, (first, second, third), strict=True)
    ]
    beyond = {"level": LEVELS[Level.OUT_OF_REACH], "limit": third}
    return [*upto, _("%(level)s: beyond %(limit)s") % beyond]


def persons(count: int) -> str:
    said = ngettext("%(n)s inhabitant", "%(n)s inhabitants", count)
    return said % {"n": whole(count)}


def communes(count: int) -> str:
    return ngettext("%(n)s commune", "%(n)s communes", count) % {"n": whole(count)}


def places(count: int) -> str:
    said = ngettext("%(n)s place known.", "%(n)s places known.", count)
    return said % {"n": whole(count)}
