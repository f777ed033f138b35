from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from jalons.documents.calendar import Event, escaped, folded, make_calendar, mark_of

PARIS = ZoneInfo("Europe/Paris")
STAMP = datetime(2026, 11, 1, tzinfo=UTC)


def event(**given):
    return Event(
        uid="arret-1-20261201@exemple.fr",
        start=datetime(2026, 12, 1, 10, tzinfo=PARIS),
        end=datetime(2026, 12, 1, 12, tzinfo=PARIS),
        title="Bus numérique",
        **given,
    )


def test_times_are_those_of_the_place_written_in_utc():
    text = make_calendar("Tournée", [event()], stamp=STAMP).decode()

    assert "DTSTART:20261201T090000Z\r\n" in text
    assert "DTEND:20261201T110000Z\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")


def test_summer_time_is_two_hours_ahead():
    summer = Event(
        "u", datetime(2026, 7, 1, 10, tzinfo=PARIS), datetime(2026, 7, 1, 11), "x"
    )

    assert b"DTSTART:20260701T080000Z" in make_calendar("n", [summer], stamp=STAMP)


def test_a_file_made_again_later_is_known_as_the_same_and_a_changed_one_is_not():
    later = STAMP + timedelta(seconds=1)
    first, again = (make_calendar("n", [event()], stamp=at) for at in (STAMP, later))
    moved = make_calendar("n", [event(place="Mairie")], stamp=STAMP)

    assert first != again
    assert mark_of(first) == mark_of(again) != mark_of(moved)


def test_a_text_cannot_add_a_line_to_the_file():
    mean = event(place="Mairie\r\nATTENDEE:mailto:x@y.fr", description="a;b,c\\d")

    text = make_calendar("n", [mean], stamp=STAMP).decode()

    assert "LOCATION:Mairie\\nATTENDEE" in text
    assert "DESCRIPTION:a\\;b\\,c\\\\d" in text
    assert escaped("a\rb") == "a\\nb"


def test_long_lines_are_folded_between_letters():
    line = "SUMMARY:" + "é" * 80

    parts = folded(line).removesuffix(b"\r\n").split(b"\r\n ")

    assert all(len(part) <= 75 for part in parts)
    assert b"".join(parts).decode() == line
