"""Appointments as a calendar file (iCalendar, RFC 5545).

Times are written in UTC: every calendar program shows them in its own zone, and no
zone has to be described. Lines are folded at 75 bytes, texts escaped, line ends CRLF.
The same events give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST = 75
"""Bytes of a line before it is folded (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One appointment; `uid` stays the same when its file is made again.

    One of a whole day begins and ends at midnight, and has no hour in any zone.
    """

    uid: str
    start: datetime
    end: datetime
    title: str
    place: str = ""
    description: str = ""
    is_whole_day: bool = False

    @classmethod
    def of_day(cls, uid: str, day: date, title: str, description: str = "") -> Event:
        start = datetime.combine(day, time.min, UTC)
        end = start + timedelta(days=1)
        return cls(uid, start, end, title, "", description, is_whole_day=True)


def make_calendar(name: str, events: Iterable[Event], *, stamp: datetime) -> bytes:
    """The whole file; `stamp` is when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jalons//FR",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def mark_of(content: bytes) -> str:
    """The ETag of a file: two made of the same events at two moments have the same.

    It is weak (RFC 9110, 8.8.1): they say the same, not byte for byte.
    """
    told = re.sub(rb"DTSTAMP:\w+\r\n", b"", content)
    return f'W/"{sha256(told).hexdigest()}"'


def escaped(text: str) -> str:
    r"""A text in which nothing is taken for a separator (RFC 5545, 3.3.11).

    >>> escaped("Mairie; salle 2, au fond")
    'Mairie\\; salle 2\\, au fond'
    """
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> bytes:
    """A line cut in pieces of 75 bytes at most, between letters, ended by CRLF."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece, room = b"", LONGEST
    for letter in line:
        code = letter.encode()
        if len(piece) + len(code) > room:
            yield piece
            # The space that begins the next line counts.
            piece, room = b"", LONGEST - 1
        piece += code
    yield piece


def _event(event: Event, stamp: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_moment(stamp)}",
        *_span(event),
        f"SUMMARY:{escaped(event.title)}",
    ]
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    return [*lines, "END:VEVENT"]


def _span(event: Event) -> list[str]:
    if event.is_whole_day:
        return [
            f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.end:%Y%m%d}",
            "TRANSP:TRANSPARENT",
        ]
    return [f"DTSTART:{_moment(event.start)}", f"DTEND:{_moment(event.end)}"]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
