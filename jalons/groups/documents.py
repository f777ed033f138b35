"""The members of a group as files: a sheet to sign, a workbook, a CSV."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.board import Board, Column, Row
from jalons.documents.model import Document, Section, Table
from jalons.documents.words import date_format
from jalons.groups.figures import Membership
from jalons.groups.models import Seat
from jalons.groups.words import life_sentence, quarter_words

BLANK_LINES = 6
"""Lines for those who come without being members."""


def attendance_of(found: Membership) -> Board:
    """A sheet to sign: the members, and lines for those who come besides."""
    is_english = (get_language() or "fr").startswith("en")
    columns = [
        Column(_("Person present"), _("to be written by themselves")),
        Column(_("Signature")),
    ]
    empty = [""] * len(columns)
    rows = [Row(str(one.actor), empty, note=_note(one)) for one in found.seats]
    return Board(
        title=_("Attendance sheet"),
        subtitle=f"{found.group.name} · {found.group.space.name}",
        lead=_(
            "Meeting of: ............................  Place: "
            "............................  "
            "This sheet serves to know who took part: whoever keeps it destroys it a "
            "year later at most."
        ),
        corner=_("Organisation"),
        columns=columns,
        rows=[*rows, *[Row("", empty)] * BLANK_LINES],
        legend=[],
        language="en" if is_english else "fr",
        source_line=_source(found),
        page_words=_("page {page} of {pages}"),
        watermark=_("SIMULATED") if found.group.is_simulated else "",
    )


def workbook_of(found: Membership) -> Document:
    """Two sheets: all the members with their days, and the life of the group."""
    rows = [[_text(cell) for cell in line] for line in lines_of(found)]
    members = Table(caption=_("Members"), header=header(), rows=rows)
    life = Table(
        caption=_("Members at the end of each quarter"),
        header=[_("Quarter"), _("Counted on"), _("Members"), _("Arrived"), _("Left")],
        rows=[
            [
                quarter_words(one),
                one.counted_on.isoformat(),
                str(one.members),
                str(one.joined),
                str(one.left),
            ]
            for one in found.quarters
        ],
    )
    return Document(
        title=found.group.name,
        subtitle=life_sentence(found),
        sections=[
            Section(_("Members"), [members]),
            Section(_("Life of the group"), [life]),
        ],
        language=get_language() or "fr",
        source_line=_source(found),
        date_line="",
        author=found.group.space.name,
        watermark=_("SIMULATED") if found.group.is_simulated else None,
    )


def header() -> list[str]:
    return [
        _("Organisation"),
        _("Family"),
        _("College"),
        _("Person"),
        _("Role in the group"),
        _("Member since"),
        _("Member until"),
        _("Commune"),
    ]


def lines_of(found: Membership) -> Iterator[list[object]]:
    """Members of the day, then former ones; no mail, no telephone of anybody."""
    for one in (*found.seats, *found.former):
        commune = one.actor.commune
        yield [
            one.actor.name,
            one.actor.family_words,
            one.actor.college_words,
            one.person_words,
            one.role,
            one.since,
            one.until,
            commune.name if commune else "",
        ]


def _note(seat: Seat) -> str:
    """Under the organisation; without a word the line stays high enough to sign."""
    return " · ".join(filter(None, (seat.person_words, seat.role))) or "\u00a0"


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _source(found: Membership) -> str:
    return _("%(space)s, as noted on %(day)s") % {
        "space": found.group.space.name,
        "day": date_format(timezone.localdate()),
    }
