"""Figures ready to be quoted: each with its source, its day, its n, its definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.followup import words
from jalons.followup.telling import MoneyTold
from jalons.impact.changes import ChangeTold


class FigureTold(TypedDict):
    label: str
    value: str
    number: str | None
    n: int | None
    source: str
    vintage: str
    definition: str
    text: str


def figures_of(
    territory: str,
    counts: Mapping[str, int],
    changes: Sequence[ChangeTold],
    money: MoneyTold,
) -> list[FigureTold]:
    """Those that are known and may be shown."""
    return list(_figures(territory, counts, changes, money))


def _figures(
    territory: str,
    counts: Mapping[str, int],
    changes: Sequence[ChangeTold],
    money: MoneyTold,
) -> Iterator[FigureTold]:
    roadmap = _("roadmap of %(territory)s") % {"territory": territory}
    today = date_format(timezone.localdate())
    if counts["actions"]:
        value = _("%(done)s of %(all)s") % {
            "done": counts["done"],
            "all": counts["actions"],
        }
        definition = _("Actions that the team says are done, those given up left out.")
        yield _figure(
            territory,
            _("Actions done"),
            value,
            f"{counts['done']}",
            counts["actions"],
            (roadmap, today, definition),
        )
    if money["planned"] is not None:
        definition = _("Amounts that the team noted as granted by funders.")
        yield _figure(
            territory,
            _("Money granted"),
            words.amount(money["granted"]),
            money["granted"],
            None,
            (roadmap, today, definition),
        )
    for one in changes:
        if one["after"] is None:
            continue
        day = words.day(one["after_on"])
        yield _figure(
            territory,
            one["name"],
            one["after_shown"],
            one["after"],
            one["n"],
            (one["source"], day, one["definition"]),
        )


def _figure(
    territory: str,
    label: str,
    value: str,
    number: str | None,
    n: int | None,
    where: tuple[str, str, str],
) -> FigureTold:
    source, vintage, definition = where
    text = _("%(label)s: %(value)s (%(territory)s, %(day)s; source: %(source)s%(n)s).")
    told = text % {
        "label": label,
        "value": value,
        "territory": territory,
        "day": vintage,
        "source": source,
        "n": f" ; n = {n}" if n else "",
    }
    return {
        "label": label,
        "value": value,
        "number": number,
        "n": n,
        "source": source,
        "vintage": vintage,
        "definition": definition,
        "text": f"{told} {definition}",
    }
