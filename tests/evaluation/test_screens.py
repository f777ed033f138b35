"""One number, wherever it is read: page, JSON, CSV, workbook, PDF."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import escape
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jalons.evaluation.computing import formulas
from jalons.evaluation.models import Measure
from jalons.evaluation.values import shown
from tests.evaluation.plans import make_baseline, make_evaluation, make_measure

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)
FIRST = {"percent": 20, "per_10000": 3, "count": 300, "points": -4, "skills": 1}


def value_of(unit, rank):
    """Another number for each, such as its unit allows."""
    first = FIRST[unit]
    if unit == "count":
        return Decimal(first + rank)
    return first + (Decimal(rank) if unit != "skills" else 0) + Decimal("0.25")


@pytest.fixture
def measured(roadmap, officer):
    """Every indicator that Jalons computes, measured that day."""
    evaluation = make_evaluation(roadmap, *sorted(formulas()), by=officer)
    found = {}
    for rank, one in enumerate(evaluation.indicators.all()):
        value = value_of(one.unit, rank)
        how = {"origin": Measure.Origin.COMPUTED, "n": 40 + rank}
        make_measure(one, value, DAY, by=officer, source=one.source, **how)
        found[one.code] = (one, value)
    return found


def test_each_computed_indicator_has_one_number_on_every_screen(
    signed_in, roadmap, measured
):
    of = [roadmap.pk]
    page = signed_in.get(reverse("evaluation:show", args=of)).content.decode()
    data = signed_in.get(reverse("evaluation:export_json", args=of)).json()
    table = _lines(signed_in.get(reverse("evaluation:export_csv", args=of)))
    book, paper = (
        signed_in.get(reverse("evaluation:document", args=[*of, kind])).content
        for kind in ("xlsx", "pdf")
    )
    by_code = {one["code"]: one for one in data["indicators"]}
    cells, text = _cells(book), _paper(paper)

    assert set(formulas()) == set(measured) == set(by_code)
    for rank, (code, (row, value)) in enumerate(measured.items()):
        words = _plain(shown(value, row.unit))
        assert words in _row(page, row.name), code
        assert float(value) == by_code[code]["last"]["value"], code
        assert 40 + rank == by_code[code]["last"]["n"], code
        assert value == Decimal(table[code]["valeur"].replace(",", ".")), code
        assert float(value) in cells[row.name], code
        assert words in text, code


def _plain(text):
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def _row(page, name):
    """The cells that follow the name of an indicator, until the next one."""
    return _plain(page.partition(f">{escape(name)}</a></th>")[2].partition("</tr>")[0])


def _lines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return {row["indicateur"]: row for row in rows}


def _cells(content):
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        rows = [
            row
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
        ]
    return {row[0]: row[1:] for row in rows if row}


def _paper(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return _plain(" ".join(one.extract_text() for one in pages))


def test_data_say_the_definition_the_source_and_what_was_replaced(
    signed_in, roadmap, officer
):
    evaluation = make_evaluation(roadmap, "O1", by=officer)
    followed = evaluation.indicators.get()
    start = make_baseline(followed, 120, date(2025, 1, 31), by=officer)
    type(start).objects.update(vintage="2024")
    make_measure(followed, 10, DAY, by=officer, n=10, source="Registre")
    make_measure(followed, 12, DAY, by=officer, n=12, source="Registre")
    make_measure(followed, None, date(2026, 4, 30), by=officer, note="Panne")

    sent = signed_in.get(reverse("evaluation:export_json", args=[roadmap.pk]))
    data = json.loads(sent.content)
    (one,) = data["indicators"]

    assert ("jalons-measures-1", "") == (data["format"], data["notice"])
    assert (followed.definition, followed.formula) == (
        one["definition"],
        one["formula"],
    )
    assert "2024" == one["baseline"]["vintage"]
    assert ["replaced", "current", "current"] == [m["status"] for m in one["measures"]]
    assert [10, 12, None] == [m["value"] for m in one["measures"]]
    assert {"value": 12, "measured_on": "2026-03-31", "n": 12} == one["last"]
    assert ("followed", "Registre") == (one["status"], one["measures"][0]["source"])
    assert "preuve" in data["caution"]


def test_data_are_not_there_before_an_evaluation_is(signed_in, roadmap):
    page = reverse("evaluation:export_json", args=[roadmap.pk])

    assert 404 == signed_in.get(page).status_code


def test_simulated_data_say_so(signed_in, roadmap, officer):
    make_evaluation(roadmap, "O1", by=officer)
    type(roadmap).objects.update(is_simulated=True)

    data = signed_in.get(reverse("evaluation:export_json", args=[roadmap.pk])).json()

    assert "SIMULÉ" == data["notice"]
