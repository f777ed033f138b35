"""Hours, distances and telephone numbers as they are said to somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.analysis.opening import (
    PARIS,
    Hours,
    Span,
    day_spans,
    is_bank_holiday,
    next_opening,
    read_hours,
)
from jalons.documents.words import date_format

NBSP = "\u00a0"
DAYS = 7
A_MONDAY = date(2026, 11, 16)
"""Of a week like others: hours that do not vary are the same in any."""
NOT_ON_HOLIDAYS = re.compile(r"\s*[;,]\s*PH (off|closed)\s*$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week, with its hours in words."""

    title: str
    hours: str
    is_bank_holiday: bool
    is_today: bool = False


def clock(moment: datetime) -> str:
    """`18 h 30` in French, `18:30` in English."""
    if (get_language() or "fr").startswith("en"):
        return f"{moment:%H:%M}"
    minutes = f"{NBSP}{moment:%M}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def day_of(hours: Hours, day: date, today: date) -> Day:
    return Day(
        title=date_format(day, "l j F"),
        hours=spans_said(day_spans(hours, day)),
        is_bank_holiday=is_bank_holiday(day),
        is_today=day == today,
    )


def week_from(hours: Hours, today: date) -> list[Day]:
    """Seven days, today first."""
    return [day_of(hours, today + timedelta(days=n), today) for n in range(DAYS)]


def next_day_open(hours: Hours, today: date) -> Day | None:
    """The first day open from today on, however far in the year that follows."""
    day = next_opening(hours, today)
    return day_of(hours, day, today) if day else None


def spans_said(spans: tuple[Span, ...]) -> str:
    if not spans:
        return _("closed")
    return ", ".join(span_said(span) for span in spans)


def span_said(span: Span) -> str:
    if span.end - span.start == timedelta(days=1):
        said = _("open day and night")
    else:
        said = f"{clock(span.start)} – {clock(span.end)}".replace(" – ", f"{NBSP}– ")
    return f"{said} ({span.comment})" if span.comment else said


def week_said(hours: Hours, monday: date) -> Iterator[str]:
    """The hours of a week, days alike together: `Du lundi au jeudi : 9 h – 12 h`."""
    days = [monday + timedelta(days=n) for n in range(DAYS)]
    said = [(day, spans_said(day_spans(hours, day))) for day in days]
    closed = spans_said(())
    for text, group in groupby(said, key=lambda pair: pair[1]):
        alike = [date_format(day, "l") for day, _text in group]
        if text != closed:
            yield _("%(days)s: %(hours)s") % {"days": _days(alike), "hours": text}


def opening_said(text: str, zone: str = PARIS) -> str:
    """The usual hours in words; the text itself when it says more than a week.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     opening_said("Mo-Fr 09:00-12:00; PH off"), opening_said("on request")
    ('From Monday to Friday: 09:00\xa0– 12:00 · closed on bank holidays', 'on request')
    """
    every_week = NOT_ON_HOLIDAYS.sub("", text)
    hours = read_hours(every_week, zone)
    if hours is None or hours.vary:
        return text
    said = [*week_said(hours, A_MONDAY)]
    if every_week != text:
        said.append(_("closed on bank holidays"))
    return " · ".join(said) or text


def _days(alike: list[str]) -> str:
    if len(alike) == 1:
        return capfirst(alike[0])
    both = {"first": alike[0], "last": alike[-1]}
    if len(alike) == 2:
        return capfirst(_("%(first)s and %(last)s") % both)
    return capfirst(_("from %(first)s to %(last)s") % both)


def distance(km: float) -> str:
    if km < 1:
        return _("less than 1 km")
    return _("%(km)s km") % {"km": number_format(round(km), decimal_pos=0)}


def first_visit(access: list[str], costs: list[str], care: list[str]) -> list[str]:
    """What to know before coming, from what the list says only."""
    sentences = {
        "venir": _("You may come without registering."),
        "telephoner": _("You may telephone first."),
        "rdv": _("You may book online."),
        "ecrire": _("You may write an e-mail first."),
        "prescription": _("A professional may send you there: ask yours."),
        "sans_public": _("This place receives nobody: it helps at a distance."),
        "gratuit": _("It is free."),
        "sous_condition": _("It is free under conditions: ask which ones."),
        "payant": _("It must be paid for: ask how much."),
        "moteur": _("People with reduced mobility are welcome."),
    }
    known = [code for code in (*access, *costs, *care) if code in sentences]
    return [sentences[code] for code in known]


def telephone(number: str) -> str:
    """A French number in pairs, as it is read aloud; another one as it is."""
    national = number.removeprefix("+33")
    if national == number or len(national) != 9:
        return number
    digits = f"0{national}"
    return NBSP.join(digits[i : i + 2] for i in range(0, 10, 2))
