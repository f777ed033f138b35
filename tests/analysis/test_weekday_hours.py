"""Hours in plain words, each answer written by hand."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from jalons.analysis.opening import PARIS, Answer, read_hours, state_at
from jalons.analysis.weekday_hours import spans_of, week_of


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("09:00 - 12:00 / 13:30 - 17:00", [(540, 720), (810, 1020)]),
        ("9h-12h", [(540, 720)]),
        ("de 9h30 à 12h et 14h à 18h", [(570, 720), (840, 1080)]),
        ("14h00-17h00, 9h00-12h00", [(540, 720), (840, 1020)]),
        ("9.00 – 12.00", [(540, 720)]),
        ("", []),
        ("Fermé", []),
    ],
)
def test_the_hours_of_a_day_are_read(cell, spans):
    assert spans_of(cell) == spans


@pytest.mark.parametrize(
    "cell",
    [
        "sur rendez-vous",
        "9h-12h sur rendez-vous",
        "9h-12h (1er lundi du mois)",
        "17:00 - 09:00",
        "9h-12h / 11h-15h",
        "25:00 - 26:00",
        "9h60-12h",
        "9h-",
    ],
)
def test_anything_else_is_not_read(cell):
    assert spans_of(cell) is None
    assert week_of(["9h-12h", cell]) is None


def test_days_with_the_same_hours_are_joined():
    morning, whole = "9h-12h", "9h-12h / 14h-17h"

    assert week_of([whole] * 4 + [morning, morning]) == (
        "Mo-Th 09:00-12:00,14:00-17:00; Fr,Sa 09:00-12:00"
    )
    assert week_of([morning, "", morning, "fermé", morning]) == "Mo,We,Fr 09:00-12:00"
    assert week_of(["", "fermé"]) == ""


def test_what_is_written_is_read_back_by_the_parser_of_hours():
    hours = read_hours(week_of(["9h-12h", "", "14h-24h"]))
    zone = ZoneInfo(PARIS)

    assert hours is not None
    monday, wednesday = datetime(2026, 11, 23, 10), datetime(2026, 11, 25, 23)
    assert state_at(hours, monday.replace(tzinfo=zone)) is Answer.YES
    assert state_at(hours, wednesday.replace(tzinfo=zone)) is Answer.YES
    assert state_at(hours, datetime(2026, 11, 24, 10, tzinfo=zone)) is Answer.NO
