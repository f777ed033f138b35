"""The evaluation as a document: the same numbers as the page, marked when simulated."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.urls import reverse
from python_calamine import CalamineWorkbook

from jalons.documents.model import Section, Table
from jalons.evaluation.models import Followed, Story
from jalons.evaluation.report import evaluation_blocks
from jalons.roadmaps.models import Roadmap
from tests.evaluation.plans import (
    make_baseline,
    make_measure,
    make_question,
    make_review,
)


def fill(evaluation, officer) -> None:
    helped = Followed.objects.get(code="O1")
    make_baseline(helped, 120, date(2025, 1, 31), by=officer)
    make_measure(helped, 1305, date(2026, 1, 31), by=officer)
    make_question(evaluation, "Qui vient ?", by=officer)
    review = make_review(
        evaluation, date(2026, 1, 20), by=officer, decision="Garder le jeudi"
    )
    Story.objects.create(
        review=review,
        teller="Une retraitée",
        domain="Confiance",
        text="J’ose enfin.",
        is_agreed=True,
    )


def words_of(blocks) -> str:
    return "\n".join(str(one) for one in blocks)


def test_the_part_of_the_roadmap_says_what_is_followed_and_decided(
    roadmap, evaluation, officer
):
    fill(evaluation, officer)

    blocks = list(evaluation_blocks(roadmap))
    said = words_of(blocks)

    for words in ("Qui vient ?", "Garder le jeudi", "J’ose enfin.", "pas une preuve"):
        assert words in said
    table = next(
        block
        for one in blocks
        if isinstance(one, Section)
        for block in one.blocks
        if isinstance(block, Table) and len(block.header) == 5
    )
    assert 1305.0 == table.rows[0][2].value


def test_nothing_is_said_before_it_is_begun(roadmap):
    assert [] == list(evaluation_blocks(roadmap))


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
