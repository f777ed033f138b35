from __future__ import annotations

import re
import sys

import pytest

from jalons.documents import letters, render
from jalons.documents.model import Paragraph
from tests.documents.conftest import make_document


def test_every_letter_promised_is_in_the_embedded_fonts():
    shown = re.compile(f"[{letters.SHOWN}]")
    every = [chr(code) for code in range(sys.maxunicode) if shown.match(chr(code))]

    pdf = render(make_document(Paragraph(" ".join(every))), "pdf")

    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("l’été à Périgueux", "l’été à Périgueux"),
        ("e\u0301te\u0301", "été"),
        ("\U0001d5d5\U0001d5fc\U0001d5fb", "Bon"),
        ("bravo \U0001f44f\U0001f3fd\U0001f389 !", "bravo □ !"),
        ("漢字", "□"),
        ("a\u0489b", "ab"),
        ("مرحبا", "مرحبا"),
        ("avant\u202eerèirrad", "avanterèirrad"),
        ("nul\x00 et\tcloche\x07", "nul et cloche"),
        ("\ud800 seul", "□ seul"),
    ],
)
def test_a_letter_is_shown_simplified_or_marked(written, read):
    assert letters.lines(written) == [read]


def test_line_ends_of_every_system_are_kept():
    assert letters.lines("un\r\ndeux\rtrois\nquatre\u2028cinq") == [
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
    ]


def test_a_title_stays_on_one_line():
    assert letters.line("Où en\nsont-ils ?") == "Où en sont-ils ?"
