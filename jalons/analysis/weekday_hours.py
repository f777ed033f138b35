"""Opening hours written day by day in plain words, as OpenStreetMap writes them.

A cell holds the hours of one day: `09:00 - 12:00 / 14h-17h30`, `9h à 12h et 14h à 18h`,
`fermé`, or nothing. Days that follow one another with the same hours are joined, in the
order of the specification (wiki.openstreetmap.org/wiki/Key:opening_hours).

A cell that says anything else, a span that ends before it begins and two spans that
overlap make the whole week unreadable: None, never a guess. Not valid for hours that
change from one week to another, nor for nights across midnight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
CLOSED = {"", "-", "ferme", "fermé", "fermée", "fermeture", "néant"}
_TIME = r"(\d{1,2})\s*(?:h|:|\.)\s*(\d{2})?"
_SPAN = re.compile(rf"(?:de\s+)?{_TIME}\s*(?:-|–|—|à|a|/)\s*{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:/|,|;|\bet\b|\bpuis\b|\|)?\s*", re.IGNORECASE)
Minutes = tuple[int, int]


def week_of(cells: Sequence[str]) -> str | None:
    """The week as OpenStreetMap writes it; empty when no day is said to be open.

    >>> week_of(["9h-12h / 14:00 - 17:30"] * 5 + ["fermé"])
    'Mo-Fr 09:00-12:00,14:00-17:30'
    >>> week_of(["", "10h à 12h", "", "10h à 12h"])
    'Tu,Th 10:00-12:00'
    >>> week_of(["sur rendez-vous"]) is None, week_of(["17:00 - 09:00"]) is None
    (True, True)
    """
    by_hours: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        spans = spans_of(cell)
        if spans is None:
            return None
        if spans:
            text = ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)
            by_hours.setdefault(text, []).append(number)
    return "; ".join(f"{_days(days)} {text}" for text, days in by_hours.items())


def spans_of(cell: str) -> list[Minutes] | None:
    """The spans of one day, in minutes from midnight; None when it cannot be read.

    >>> spans_of("9h30-12h"), spans_of("fermé"), spans_of("9h, le matin")
    ([(570, 720)], [], None)
    """
    text = " ".join(cell.split())
    if text.casefold().rstrip(".") in CLOSED:
        return []
    spans: list[Minutes] = []
    position = 0
    while position < len(text):
        found = _SPAN.match(text, position)
        span = _minutes(found) if found else None
        if found is None or span is None:
            return None
        spans.append(span)
        between = _BETWEEN.match(text, found.end())
        position = between.end() if between else found.end()
    spans.sort()
    if any(one[1] > two[0] for one, two in pairwise(spans)):
        return None
    return spans


def _minutes(found: re.Match[str]) -> Minutes | None:
    hour, minute, last_hour, last_minute = (int(one or 0) for one in found.groups())
    if max(minute, last_minute) > 59 or hour > 24 or last_hour > 24:
        return None
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    return (start, end) if start < end <= 24 * 60 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _days(numbers: list[int]) -> str:
    """`Mo-Fr`, `Tu,Th`: days in a row from three on are a range.

    >>> _days([0, 1, 2, 4, 5])
    'Mo-We,Fr,Sa'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = []
    for run in runs:
        names = [DAYS[number] for number in run]
        said += [f"{names[0]}-{names[-1]}"] if len(run) > 2 else names
    return ",".join(said)
