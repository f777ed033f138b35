"""The guide of the method: what the files say, for everybody, in both languages."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from jalons.conditions.definitions import read_conditions
from jalons.documents import render
from jalons.documents.model import Section, walk
from jalons.steps.definitions import read_method
from jalons.steps.guide import guide
from jalons.workshops.definitions import read_run_sheets


def titles() -> list[str]:
    return [one.title for one in walk(guide().sections) if isinstance(one, Section)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_holds_every_step_workshop_and_condition(language):
    with translation.override(language):
        made = Document(io.BytesIO(render(guide(), "docx")))
        cells = [c.text for t in made.tables for row in t.rows for c in row.cells]
        text = "\n".join([*(one.text for one in made.paragraphs), *cells])
        said = [str(one) for one in (*read_method().step, *read_conditions())]
        for sheet in read_run_sheets().values():
            said += [one.text("title") for one in sheet.activity]
        shown = {*titles()}

    assert [] == [one for one in said if one not in text]
    assert {f"{n}. {one}" for n, one in enumerate(said[:7], start=1)} <= shown


def test_anybody_reads_the_method_and_prints_the_guide(client, db):
    page = client.get(reverse("steps:method")).content.decode()
    address = reverse("steps:guide_file", args=["pdf"])

    content = client.get(address).content

    assert f'href="{address}"' in page
    assert 4 <= len(PdfReader(io.BytesIO(content)).pages)
    assert 404 == client.get(reverse("steps:guide_file", args=["exe"])).status_code
