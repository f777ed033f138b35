"""Days and numbers as the whole house writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from jalons.documents.words import date_format, number

HOUSE = Path(__file__).resolve().parents[2] / "jalons"


@pytest.mark.parametrize(
    ("day", "form", "words"),
    [
        (date(2026, 1, 1), "DATE_FORMAT", "1er janvier 2026"),
        (date(2026, 8, 1), "l j F", "samedi 1er août"),
        (date(2026, 12, 1), "j F Y", "1er décembre 2026"),
        (date(2026, 5, 11), "j F Y", "11 mai 2026"),
        (date(2026, 5, 21), "j F Y", "21 mai 2026"),
        (date(2026, 1, 1), "Y-m-d", "2026-01-01"),
    ],
)
def test_the_first_of_a_month_is_written_as_in_french(day, form, words):
    with override("fr"):
        assert words == date_format(day, form)


def test_an_instant_is_told_by_the_day_it_is_here():
    at = datetime(2026, 4, 30, 23, 30, tzinfo=UTC)

    with override("fr"):
        assert "1er mai 2026" == date_format(at)
        assert "mai 2026" == date_format(at, "YEAR_MONTH_FORMAT")


def test_english_days_are_written_one_way_whatever_the_form_asked():
    page = Template('{{ at|date }}, {{ at|date:"DATE_FORMAT" }}, {{ at }}')
    with override("en"):
        assert "1 May 2026" == date_format(date(2026, 5, 1), "j F Y")
        assert "1 May 2026" == date_format(date(2026, 5, 1))
        shown = page.render(Context({"at": datetime(2026, 5, 1, 8, tzinfo=UTC)}))

    assert "1 May 2026, 1 May 2026, 1 May 2026, 10:00" == shown


def test_templates_write_days_alike_without_being_told():
    page = Template('{{ at|date:"j F Y, H:i" }} – {{ none|date:"j F Y" }}')

    with override("fr"):
        shown = page.render(Context({"at": datetime(2026, 5, 1, 8, tzinfo=UTC)}))

    assert "1er mai 2026, 10:00 – " == shown


def test_no_module_writes_a_day_otherwise():
    own = HOUSE / "documents" / "words.py"
    otherwise = re.compile(
        r"django\.utils\.(formats import .*\bdate_format|dateformat)"
        r"|formats\.date_format"
    )

    assert not [
        path
        for path in HOUSE.rglob("*.py")
        if path != own and otherwise.search(path.read_text())
    ]


def test_no_module_takes_a_day_from_the_clock_of_the_database():
    """An instant read from it is in UTC, where it may still be the day before."""
    of_utc = re.compile(r"\w_at\.date\(\)")

    assert not [path for path in HOUSE.rglob("*.py") if of_utc.search(path.read_text())]


def test_what_is_whole_has_no_decimals():
    with override("fr"):
        assert ["6", "5,5", "12\xa0000"] == [number(n) for n in (6.0, 5.5, 12_000)]
