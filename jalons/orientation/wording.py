"""A slip in simple words: when, where, whom to ask for, what to bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.analysis.opening import day_spans, next_opening
from jalons.directory import words
from jalons.directory.models import Place
from jalons.directory.pages import sheet_of as place_sheet
from jalons.directory.vocabulary import read_vocabulary
from jalons.documents.words import date_format
from jalons.orientation.models import Item, Slip, Who

COME, PHONE, WRITE, BOOK = "venir", "telephoner", "ecrire", "rdv"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the slip says, ready to be read on a page, on paper or in a message."""

    title: str
    need: str
    moment: str
    hours: list[str]
    hours_note: str
    address: list[str]
    way: str
    ask_for: str
    items: list[str]
    advice: list[str]
    phones: list[str]
    is_simulated: bool


def reading_of(slip: Slip, today: date) -> Reading:
    place = slip.place
    phones = [read for _dialled, read in place_sheet(place).phones] if place else []
    hours, note = said_hours(place, slip.visit_on, today) if place else ([], "")
    if note and phones:
        note = " ".join([note, _("Telephone before you go.")])
    return Reading(
        title=slip.place_name,
        need=_need(slip),
        moment=moment_of(slip),
        hours=hours,
        hours_note=note,
        address=_address(slip),
        way=slip.way,
        ask_for=capfirst(str(Who(slip.ask_for).label)) if slip.ask_for else "",
        items=[str(Item(code).label) for code in slip.items if code in Item],
        advice=list(_advice(place)) if place else [],
        phones=phones,
        is_simulated=slip.is_simulated,
    )


def moment_of(slip: Slip) -> str:
    """`Tuesday 1 December at 10:00`, or nothing when no day was chosen."""
    if slip.visit_on is None:
        return ""
    day = said_day(slip.visit_on)
    if slip.visit_time is None:
        return day
    hour = time_format(slip.visit_time, "H:i")
    if not (get_language() or "fr").startswith("en"):
        minutes = f"{slip.visit_time:%M}" if slip.visit_time.minute else ""
        hour = f"{slip.visit_time.hour} h {minutes}".strip().replace(" ", words.NBSP)
    return _("%(day)s at %(hour)s") % {"day": day, "hour": hour}


def said_day(day: date) -> str:
    """`mardi 1er décembre`: in French the first of a month alone has an ordinal."""
    is_english = (get_language() or "fr").startswith("en")
    number = "j" if is_english or day.day > 1 else r"j\e\r"
    return date_format(day, f"l {number} F")


def said_hours(
    place: Place, visit_on: date | None, today: date
) -> tuple[list[str], str]:
    """The hours of the week of a day, days alike together, and what to beware of.

    Closed that week: the next day when it opens. Nothing is said of the days before a
    visit, which were not looked at.
    """
    if place.hours is None:
        return [], _hours_unknown(place)
    near = visit_on or today
    monday = near - timedelta(days=near.weekday())
    if lines := list(words.week_said(place.hours, monday)):
        week = _("Week from %(day)s: hours may change.") % {"day": said_day(monday)}
        return lines, week if place.hours.vary else ""
    if day := next_opening(place.hours, near):
        hours = words.spans_said(day_spans(place.hours, day))
        line = _("%(days)s: %(hours)s") % {"days": said_day(day), "hours": hours}
        if visit_on:
            note = _("The place is closed on the day chosen: this is the next opening.")
        else:
            note = _("This is the next opening: the place is closed until then.")
        return [capfirst(line)], note
    return [], _("No opening is known in the year that follows.")


def _hours_unknown(place: Place) -> str:
    if place.opening:
        return _("Hours as the list writes them: %(hours)s.") % {"hours": place.opening}
    return _("The hours are not known.")


def _need(slip: Slip) -> str:
    if not slip.need:
        return ""
    return read_vocabulary().said("services", [slip.need])[0]


def _address(slip: Slip) -> list[str]:
    place = slip.place
    if place is None:
        return [slip.commune.name]
    lines = [place.address, place.address_more, f"{place.postcode} {place.locality}"]
    return [line.strip() for line in lines if line.strip()]


def _advice(place: Place) -> Iterator[str]:
    """What to know for a first visit, from what the list says and nothing else."""
    ways = set(place.access_modes)
    if COME in ways:
        yield _("You can come without an appointment.")
    elif PHONE in ways:
        yield _("Telephone before you come.")
    elif BOOK in ways:
        yield _("Book before you come.")
    elif WRITE in ways:
        yield _("Write before you come.")
    if place.costs == ["gratuit"]:
        yield _("The help is free.")
