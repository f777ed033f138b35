"""The evaluation as a document: the same numbers as the page, marked when simulated."""

from __future__ import annotations

import csv
import io

from django.urls import reverse
from python_calamine import CalamineWorkbook

from jalons.roadmaps.models import Roadmap
from tests.evaluation.plans import fill


def test_page_csv_and_workbook_have_the_same_number(
    signed_in, roadmap, evaluation, officer
):
    fill(evaluation, officer)
    of = [roadmap.pk]

    page = signed_in.get(reverse("evaluation:show", args=of)).content.decode()
    sent = signed_in.get(reverse("evaluation:export_csv", args=of))
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = signed_in.get(reverse("evaluation:document", args=[*of, "xlsx"]))
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book.content))
    cells = [
        cell
        for name in opened.sheet_names
        for row in opened.get_sheet_by_name(name).to_python()
        for cell in row
    ]

    assert "1\u00a0305 personnes" in page
    assert "1305" in rows[1]
    assert 1305 in cells


def test_an_example_is_marked_wherever_it_goes(signed_in, roadmap, evaluation, officer):
    fill(evaluation, officer)
    Roadmap.objects.filter(pk=roadmap.pk).update(is_simulated=True)
    of = [roadmap.pk]

    theory = signed_in.get(reverse("evaluation:theory", args=of)).content.decode()
    sent = signed_in.get(reverse("evaluation:export_csv", args=of))
    pdf = signed_in.get(reverse("evaluation:document", args=[*of, "pdf"]))
    other = signed_in.get(reverse("evaluation:document", args=[*of, "exe"]))

    assert "Exemple, SIMULÉ" in theory
    assert b"SIMUL" in b"".join(sent.streaming_content)
    assert pdf.content.startswith(b"%PDF")
    assert 404 == other.status_code
