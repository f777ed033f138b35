"""The territories to support first, each with the figures that put it in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.observatory.results import Target
from jalons.observatory.sheets import (
    Row,
    Sheet,
    count_column,
    name,
    name_column,
    optional,
)
from jalons.observatory.words import Words, number, percent


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A territory, and in words what it answered and why it is there."""

    name: str
    departement: str
    level: str
    reasons: tuple[str, ...]


def lines(found: Sequence[Target], words: Words) -> list[TargetLine]:
    """One line a territory, by name."""
    return [
        TargetLine(one.name, one.departement or "", _level(one, words), _reasons(one))
        for one in found
    ]


def sheet(found: Sequence[Target], words: Words) -> Sheet:
    """The same for a spreadsheet, figures in columns of their own."""
    columns = (
        name_column(_("EPCI")),
        name_column(_("Département")),
        name_column(_("Level of progress")),
        count_column(_("Points, lowest")),
        count_column(_("Points, highest")),
        count_column(_("Responses")),
        count_column(_("Median income (€ a year per consumption unit)")),
        name_column(_("Why")),
    )
    rows = tuple(
        Row(
            (
                name(one.name),
                name(one.departement or "–"),
                name(_class(one, words)),
                *map(optional, (one.low, one.high, one.respondents, one.income)),
                name(" ".join(_reasons(one))),
            )
        )
        for one in found
    )
    return Sheet("cibles", _("EPCI to support first"), columns, rows)


def _class(one: Target, words: Words) -> str:
    text = words.state(one.class_code)
    return _("%(name)s (uncertain)") % {"name": text} if one.is_uncertain else text


def _level(one: Target, words: Words) -> str:
    """ "Little advanced: 4 points of 37, 1 answer"."""
    points = number(one.low)
    if one.low != one.high:
        bounds = {"low": points, "high": number(one.high)}
        points = _("%(low)s to %(high)s") % bounds
    answers = ngettext("%(n)s answer", "%(n)s answers", one.respondents)
    return _("%(class)s: %(points)s points of %(all)s, %(answers)s.") % {
        "class": _class(one, words),
        "points": points,
        "all": number(one.points),
        "answers": answers % {"n": number(one.respondents)},
    }


def _reasons(one: Target) -> tuple[str, ...]:
    """What puts a territory in the list beside its level, with its own figures."""
    found = []
    if one.is_vulnerable and one.income is not None and one.income_limit is not None:
        values = {
            "income": number(round(one.income)),
            "gap": number(round(one.income_limit - one.income)),
            "limit": number(round(one.income_limit)),
        }
        found.append(
            _(
                "Median income of €%(income)s a year per consumption unit: €%(gap)s "
                "under the limit of the most vulnerable (€%(limit)s)."
            )
            % values
        )
    if one.is_fragile:
        found.append(
            _(
                "Among the most fragile third of the région in %(share)s of the ways "
                "of computing the index."
            )
            % {"share": percent(one.fragile_share)}
        )
    return tuple(found)
