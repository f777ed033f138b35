"""How many slips were prepared and what became of them, by month and by place (O8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from jalons.analysis.secrecy import INHABITANTS, TOTAL, Published, Tally, protect, tally
from jalons.documents.words import date_format
from jalons.orientation.models import Slip
from jalons.spaces.models import Space

State = Slip.State
MONTHS = 12
CAME, MISSED, NO_NEWS = "came", "missed", "no_news"


@dataclass(frozen=True, slots=True)
class Line:
    """Slips of one month for one place: a person a slip."""

    month: date
    place: str
    commune: str
    made: int
    came: int
    missed: int

    @property
    def no_news(self) -> int:
        return self.made - self.came - self.missed


@dataclass(frozen=True, slots=True)
class Summary:
    """The indicator O8: slips prepared, and those known to have led to a visit."""

    since: date
    until: date
    lines: Sequence[Line]

    @property
    def made(self) -> int:
        return sum(one.made for one in self.lines)

    @property
    def came(self) -> int:
        return sum(one.came for one in self.lines)

    @property
    def known(self) -> int:
        return sum(one.came + one.missed for one in self.lines)

    @property
    def came_percent(self) -> float | None:
        """Of the slips whose end is known; None when none is."""
        return 100 * self.came / self.known if self.known else None


def summary(space: Space, today: date) -> Summary:
    """Twelve months, this one included; one query."""
    since = _months_before(today, MONTHS - 1)
    rows = (
        Slip.objects.filter(space=space)
        .made_since(since)
        .annotate(month=TruncMonth("made_on"))
        .values("month", "place_name", "commune__name")
        .annotate(
            made=Count("pk"),
            came=Count("pk", filter=Q(state=State.CAME)),
            missed=Count("pk", filter=Q(state=State.MISSED)),
        )
        .order_by("-month", "place_name", "commune__name")
    )
    lines = [
        Line(
            row["month"],
            row["place_name"],
            row["commune__name"],
            row["made"],
            row["came"],
            row["missed"],
        )
        for row in rows
    ]
    return Summary(since, today, lines)


@dataclass(frozen=True, slots=True)
class Shared:
    """A line that may leave the team: None is a secret count."""

    label: str
    made: int | None
    came: int | None
    missed: int | None
    no_news: int | None


@dataclass(frozen=True, slots=True)
class Shareable:
    """What may be passed on: counts under eleven hidden, and those that tell them."""

    by_month: Sequence[Shared]
    by_place: Sequence[Shared]
    total: Shared


def shareable(found: Summary) -> Shareable:
    """The two tables protected together, since one is read against the other."""
    months = _tally("month", found.lines, lambda one: f"{one.month:%Y-%m}")
    places = _tally("place", found.lines, lambda one: f"{one.place}, {one.commune}")
    by_month, by_place = protect([months, places], INHABITANTS)
    return Shareable(
        by_month=_in_words(_shared(by_month)),
        by_place=_shared(by_place),
        total=_one(by_month, TOTAL),
    )


def _tally(variable: str, lines: Sequence[Line], label_of) -> Tally:
    counts: dict[tuple[str, ...], int] = {}
    for line in lines:
        for end, count in _ends(line):
            at = (label_of(line), end)
            counts[at] = counts.get(at, 0) + count
    return tally((variable, "end"), counts)


def _ends(line: Line) -> tuple[tuple[str, int], ...]:
    return (CAME, line.came), (MISSED, line.missed), (NO_NEWS, line.no_news)


def _shared(table: Published) -> list[Shared]:
    labels = sorted({at[0] for at in table.cells} - {TOTAL})
    return [_one(table, label) for label in labels]


def _in_words(lines: Sequence[Shared]) -> list[Shared]:
    """Months as they are said, the last one first."""
    return [
        replace(one, label=date_format(date.fromisoformat(f"{one.label}-01"), "F Y"))
        for one in reversed(lines)
    ]


def _one(table: Published, label: str) -> Shared:
    counts = [
        cell.count if (cell := table.cells.get((label, end))) else 0
        for end in (TOTAL, CAME, MISSED, NO_NEWS)
    ]
    return Shared(label, *counts)


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
