"""A dashboard or a progress review on two pages, for those who sit around a table.

What two pages do not bear is counted and left to the screen and to the workbook, which
holds everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Cell,
    Document,
    Fact,
    Facts,
    Lead,
    Number,
    Paragraph,
    Section,
    Table,
)
from jalons.documents.words import date_format
from jalons.followup import words
from jalons.followup.models import ProgressDecision
from jalons.followup.telling import DashboardTold, MoneyTold
from jalons.roadmaps.models import Roadmap

One = TypeVar("One")
MOST_LETTERS = 110
"""Of a cell of two pages: about two lines."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines of each list a document bears, and letters of its comment."""

    lines: int
    indicators: int
    letters: int


TWO_PAGES = Room(lines=4, indicators=6, letters=900)
NARROWER = (Room(3, 5, 700), Room(2, 4, 400), Room(1, 3, 250))
"""Tried one after the other while more than two pages come out."""
WHOLE = Room(lines=10_000, indicators=10_000, letters=10_000)


def dashboard_document(
    roadmap: Roadmap,
    told: DashboardTold,
    *,
    room: Room = WHOLE,
    comment: str = "",
    decisions: Sequence[ProgressDecision] = (),
) -> Document:
    """All that a dashboard says, as far as there is room."""
    sections = [
        Section(_("The essentials"), list(_essentials(told, comment, room))),
        *_decided(decisions, room),
        *_lists(told, room),
        Section(_("The money"), [money_table(told["money"], room.indicators)]),
        *_indicators(told, room),
    ]
    return Document(
        title=_("%(name)s: where is the roadmap?") % {"name": told["territory"]},
        subtitle=told["title"],
        sections=sections,
        language=get_language() or "fr",
        source_line=_("Roadmap, funding plan and evaluation kept in Jalons"),
        date_line=_("From %(since)s to %(until)s")
        % {"since": words.day(told["since"]), "until": words.day(told["until"])},
        author=roadmap.space.name,
        watermark=_("SIMULATED") if told["is_simulated"] else None,
    )


def _essentials(told: DashboardTold, comment: str, room: Room) -> Iterator[Block]:
    yield Lead(words.lead(told))
    yield Facts([Fact(o["label"], o["value"], note=o["note"]) for o in told["facts"]])
    if comment:
        yield Paragraph(Truncator(comment).chars(room.letters))


def _decided(decisions: Sequence[ProgressDecision], room: Room) -> Iterator[Section]:
    if decisions:
        yield _section(
            _("What is decided"),
            [_("Decision"), _("Who sees to it"), _("For which day"), _("Where it is")],
            decisions,
            lambda one: [
                _cut(one.text, room),
                one.actor.name if one.actor else "–",
                date_format(one.due_on) if one.due_on else "–",
                _cut(_where(one), room),
            ],
            room,
        )


def _where(one: ProgressDecision) -> str:
    state = str(one.get_state_display())
    return f"{state}{_(': ')}{one.note}" if one.note else state


def _lists(told: DashboardTold, room: Room) -> Iterator[Section]:
    yield _section(
        _("What moved"),
        [_("Action"), _("On"), _("Status"), _("Why")],
        told["moved"],
        lambda one: [
            _cut(f"{one['code']} {one['action']}", room),
            words.day(one["day"]),
            change(one["before"], one["after"]),
            _cut(one["reason"] or "–", room),
        ],
        room,
    )
    yield _section(
        _("What is late"),
        [_("Action"), _("Leads the action"), _("Days"), _("Why")],
        told["late"],
        lambda one: [
            _cut(f"{one['code']} {one['action']}", room),
            one["lead"] or "–",
            Number(f"{one['days']}", one["days"]),
            _cut(one["reason"] or _("not said"), room),
        ],
        room,
    )
    yield _section(
        _("What is in the way"),
        [_("Action or workstream"), _("By what")],
        told["hurdles"],
        lambda one: [
            _cut(f"{one['code']} {one['words']}", room),
            _cut(" ; ".join(one["by"]), room),
        ],
        room,
    )
    yield _section(
        _("The next meetings"),
        [_("Meeting"), _("On"), _("Where")],
        told["meetings"],
        lambda one: [
            _cut(one["title"], room),
            words.day(one["day"]),
            one["place"] or "–",
        ],
        room,
    )


def change(before: str, after: str) -> str:
    """A change of status in a few words; none: the reason of a delay."""
    if before == after:
        return _("still %(status)s") % {"status": after}
    return f"{before} → {after}"


def _section(
    title: str,
    header: Sequence[str],
    found: Sequence[One],
    line: Callable[[One], list[Cell]],
    room: Room,
) -> Section:
    """A table, or that there is nothing; what is left out is counted."""
    if not found:
        return Section(title, [Paragraph(_("Nothing."))])
    shown, more = found[: room.lines], len(found) - room.lines
    note = ""
    if more > 0:
        note = ngettext(
            "%(n)s other is on the dashboard.",
            "%(n)s others are on the dashboard.",
            more,
        ) % {"n": more}
    table = Table(title, header, [line(one) for one in shown], note=note)
    return Section(title, [table])


def money_table(money: MoneyTold, most: int = 100) -> Table:
    """Funder by funder, the sums of all below."""
    rows: list[list[Cell]] = [
        [one["name"], *(_euros(one[key]) for key in ("planned", "asked", "granted"))]  # type: ignore[literal-required]
        for one in money["funders"][:most]
    ]
    total = (money["planned"], money["asked"], money["granted"])
    rows.append([_("In all"), *(_euros(one) for one in total)])
    return Table(
        _("Money by funder"),
        [_("Funder"), _("Planned"), _("Asked, no answer yet"), _("Granted")],
        rows,
        alignments=("start", "end", "end", "end"),
        note=words.money(money),
    )


def _euros(told: str | None) -> Number:
    return Number(words.amount(told), float(Decimal(told)) if told else None)


def _indicators(told: DashboardTold, room: Room) -> Iterator[Section]:
    """Those measured, the last measured first; the others are counted."""
    measured = [one for one in told["indicators"] if one["last"] is not None]
    if not told["indicators"]:
        return
    measured.sort(key=lambda one: one["last_on"] or "", reverse=True)
    shown = measured[: room.indicators]
    left = len(told["indicators"]) - len(shown)
    note = _("Others, or not measured: %(n)s.") % {"n": left} if left else ""
    title = _("The indicators")
    if not shown:
        yield Section(title, [Paragraph(_("None is measured yet."))])
        return
    header = [_("Indicator"), _("Starts from"), _("Last measure"), _("On")]
    rows: list[list[Cell]] = [
        [
            one["name"],
            Number(one["start_shown"], _float(one["start"])),
            Number(one["last_shown"], _float(one["last"])),
            words.day(one["last_on"]),
        ]
        for one in shown
    ]
    table = Table(
        title, header, rows, alignments=("start", "end", "end", "start"), note=note
    )
    yield Section(title, [table])


def _float(told: str | None) -> float | None:
    return None if told is None else float(Decimal(told))


def _cut(text: str, room: Room) -> str:
    return text if room is WHOLE else Truncator(text).chars(MOST_LETTERS)
