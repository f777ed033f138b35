"""A meeting as files: a sheet to sign, an appointment for a calendar."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.board import Board, Column, Row
from jalons.documents.calendar import Event, make_calendar
from jalons.documents.words import date_format
from jalons.meetings.figures import presence_of
from jalons.meetings.models import Meeting

FEWEST_LINES = 18
"""Lines of a sheet: one page, or more when more came."""


def attendance_of(meeting: Meeting) -> Board:
    """Who is already noted, then empty lines to be written by hand and signed."""
    is_english = (get_language() or "fr").startswith("en")
    columns = [
        Column(_("Organisation")),
        Column(_("Agrees to receive the minutes"), _("address, if they wish")),
        Column(_("Signature")),
    ]
    rows = [
        Row(one.name, [str(one.actor or ""), "", ""], note="\u00a0")
        for one in presence_of(meeting).attendees
    ]
    blank = [Row("", ["", "", ""])] * max(6, FEWEST_LINES - len(rows))
    return Board(
        title=_("Attendance sheet"),
        subtitle=f"{meeting.title} · {meeting.space.name}",
        lead=_("%(day)s · %(place)s. %(notice)s")
        % {
            "day": date_format(meeting.day),
            "place": meeting.place or "............................",
            "notice": notice_of(meeting),
        },
        corner=_("Name"),
        columns=columns,
        rows=[*rows, *blank],
        legend=[],
        language="en" if is_english else "fr",
        source_line=meeting.space.name,
        page_words=_("page {page} of {pages}"),
        watermark=_("SIMULATED") if meeting.is_simulated else "",
    )


def calendar_of(meeting: Meeting) -> bytes:
    """The appointment; made again after a change, it replaces the former one."""
    event = Event(
        uid=f"meeting-{meeting.pk}@jalons",
        start=meeting.starts_at,
        end=meeting.ends_at,
        title=meeting.title,
        place=meeting.place,
        description=meeting.purpose,
    )
    return make_calendar(meeting.space.name, [event], stamp=timezone.now())


def notice_of(meeting: Meeting) -> str:
    """What people are told of their data before they give a name."""
    return _(
        "The team of %(space)s notes who takes part to know which families of actors "
        "were there. A first name or a pseudonym is enough. Names are erased after "
        "%(day)s; you may ask for yours to be corrected or removed."
    ) % {"space": meeting.space.name, "day": date_format(meeting.names_kept_until)}
