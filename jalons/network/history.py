"""What was exchanged with the territories of a centre, and what was promised to them.

One reading for the page, the file and the command.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from jalons.network.models import Exchange
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Promise:
    """A next step that nobody said is done, and whether its day has passed."""

    exchange: Exchange
    is_late: bool


def history_of(space: Space) -> QuerySet[Exchange]:
    """Every exchange of a centre, the latest first."""
    found = space.exchanges.select_related("territory", "written_by")
    return found.order_by("-day", "-pk")


def promises_of(space: Space, *, on: date) -> list[Promise]:
    """What is promised and not done, the nearest day first; no day comes last."""
    waiting = history_of(space).exclude(next_step="").filter(next_done_on=None)
    rows = waiting.order_by(F("next_on").asc(nulls_last=True), "territory__name", "pk")
    return [Promise(one, one.is_late(on=on)) for one in rows]


def promises_before(spaces: Iterable[int], until: date) -> dict[int, list[Exchange]]:
    """What is promised for a day until this one and not done, by space."""
    waiting = Exchange.objects.filter(space__in=spaces, next_on__lte=until)
    rows = waiting.filter(next_done_on=None).select_related("territory")
    found: defaultdict[int, list[Exchange]] = defaultdict(list)
    for one in rows.order_by("next_on", "territory__name", "pk"):
        found[one.space_id].append(one)
    return dict(found)


def header() -> list[str]:
    return [
        _("day"),
        _("code"),
        _("EPCI"),
        _("kind of exchange"),
        _("with whom"),
        _("what was said"),
        _("what was given"),
        _("next step"),
        _("before"),
        _("done on"),
        _("noted by"),
    ]


def lines_of(rows: Iterable[Exchange]) -> Iterator[list[object]]:
    for one in rows:
        yield [
            *(one.day, one.territory.code, one.territory.name),
            *(one.get_kind_display(), one.counterpart, one.summary),
            *(one.get_support_display(), one.next_step, one.next_on or ""),
            *(one.next_done_on or "", str(one.written_by or "")),
        ]
