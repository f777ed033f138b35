"""What a dashboard says in sentences, and its plain values as they are read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.documents.words import date_format
from jalons.followup.telling import DashboardTold, MoneyTold
from jalons.roadmaps.money import euros


def day(told: str | None) -> str:
    """A day kept as ISO 8601; a dash when there is none."""
    return date_format(date.fromisoformat(told)) if told else "–"


def amount(told: str | None) -> str:
    """An amount kept as text; unknown, it is still to be costed."""
    return euros(None if told is None else Decimal(told))


def lead(told: DashboardTold) -> str:
    """The whole in two sentences."""
    moved, late = len(told["moved"]), len(told["late"])
    blocked = sum(one["is_action"] for one in told["hurdles"])
    since, until = day(told["since"]), day(told["until"])
    first = ngettext(
        "From %(since)s to %(until)s, %(n)s change of status.",
        "From %(since)s to %(until)s, %(n)s changes of status.",
        moved,
    )
    said = first % {"since": since, "until": until, "n": moved}
    if not late and not blocked:
        return f"{said} {_('Nothing is late, nothing is blocked.')}"
    more = _("Late: %(late)s. Blocked: %(blocked)s.")
    return f"{said} {more % {'late': late, 'blocked': blocked}}"


def money(held: MoneyTold) -> str:
    """What is granted of what is planned."""
    said = _("Planned: %(planned)s. Granted: %(granted)s. Asked, no answer: %(asked)s.")
    said %= {
        "planned": amount(held["planned"]),
        "granted": amount(held["granted"]),
        "asked": amount(held["asked"]),
    }
    if held["uncosted"]:
        more = ngettext(
            "%(n)s action is still to be costed.",
            "%(n)s actions are still to be costed.",
            held["uncosted"],
        )
        said += " " + more % {"n": held["uncosted"]}
    return said
