"""A questionnaire to print and to fill in by hand, as a tagged PDF (PDF/UA-1).

Large type (14 points at least), boxes to tick, lines to write on, conditions in words,
the notice first, where to return the sheet, a code that leads to the same form online.
Knows no questionnaire: `PaperForm` says all that is drawn. As in `pdf`, texts are
values of the program that sets them, never its source.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import typst

from jalons.documents import letters

LAYOUT = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows to be answered with one of the same columns."""

    rows: Sequence[str]
    columns: Sequence[str]


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question: `hint` says how to answer, `condition` when to leave it blank.

    It is answered by ticking `options`, by filling in `grid`, or on `line_count` lines;
    `consent` is a box to tick besides.
    """

    number: str
    text: str
    hint: str = ""
    condition: str = ""
    options: Sequence[str] = ()
    grid: Grid | None = None
    line_count: int = 0
    consent: str = ""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Questions under one title; `condition` says when to leave them all blank."""

    title: str
    intro: str
    questions: Sequence[PaperQuestion]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Everything printed; `notice` are pairs (question, answer) of the notice."""

    title: str
    sponsor: str
    language: str
    lead: str
    notice_title: str
    notice: Sequence[tuple[str, str]]
    return_title: str
    return_words: str
    address: str
    address_words: str
    sheet_label: str
    page_words: str
    sections: Sequence[PaperSection]
    watermark: str = ""


def make_paper(form: PaperForm) -> bytes:
    """Set the form; the same form gives the same bytes."""
    code = io.BytesIO()
    segno.make(form.address, error="m").save(code, kind="svg", scale=4, light="#fff")
    files: Any = {
        "main.typ": LAYOUT.read_bytes(),
        "paper.json": json.dumps(_plain(form)).encode(),
        "code.svg": code.getvalue(),
    }
    return typst.compile(
        files, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True
    )


def _plain(form: PaperForm) -> dict[str, Any]:
    line, lines = letters.line, letters.lines
    return {
        "lang": form.language,
        "title": line(form.title),
        "sponsor": line(form.sponsor),
        "lead": line(form.lead),
        "notice_title": line(form.notice_title),
        "notice": [[line(asked), lines(told)] for asked, told in form.notice],
        "return_title": line(form.return_title),
        "return_words": lines(form.return_words),
        "address": line(form.address),
        "address_words": line(form.address_words),
        "sheet_label": line(form.sheet_label),
        "page_words": line(form.page_words),
        "watermark": line(form.watermark),
        "sections": [_section(one) for one in form.sections],
    }


def _section(section: PaperSection) -> dict[str, Any]:
    line = letters.line
    return {
        "title": line(section.title),
        "intro": line(section.intro),
        "condition": line(section.condition),
        "questions": [_question(one) for one in section.questions],
    }


def _question(question: PaperQuestion) -> dict[str, Any]:
    line, grid = letters.line, question.grid
    return {
        "number": question.number,
        "text": line(question.text),
        "hint": line(question.hint),
        "condition": line(question.condition),
        "options": [line(option) for option in question.options],
        "rows": [line(row) for row in grid.rows] if grid else [],
        "columns": [line(column) for column in grid.columns] if grid else [],
        "line_count": question.line_count,
        "consent": line(question.consent),
    }
