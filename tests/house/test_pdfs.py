"""Every PDF that the site makes is read by a screen reader, not a sample of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.documents import accessible
from tests.house.matrix import COLUMNS, ROWS, Row
from tests.house.visits import client_of, undone
from tests.house.world import World

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
TO_HAND_OUT = re.compile(r"pdf|:format>")


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, str]]:
    """Each URL by its name, with what it is made of."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", str(pattern.pattern)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern, f"{namespace}{inner}")


FILES = {name for name, route in routes(get_resolver()) if TO_HAND_OUT.search(route)}
# Their address does not say that they are files.
FILES |= {"diagnosis:brief", "diagnosis:team_brief"}
ASKED = [row for row in ROWS if row.url in FILES and row.method == "GET"]


def pdf_of(world: World, row: Row) -> bytes | None:
    """The file as PDF, for whoever may have it; None when it is made otherwise."""
    column = next(one for one in reversed(COLUMNS) if row.cells[one] == "200")
    call = world.call(row.url)
    if "format" in call.kwargs:
        call = replace(
            call,
            kwargs=call.kwargs | {"format": "pdf"},
            respondent=call.respondent and call.respondent | {"format": "pdf"},
        )
    with undone():
        answer = client_of(world, column).get(call.url(row.url, column))
    is_pdf = answer.headers["Content-Type"] == "application/pdf"
    return answer.getvalue() if answer.status_code == 200 and is_pdf else None


# Tables that are only given as workbooks or as data.
NOT_AS_PDF = {
    "actors:file",
    "coordination:file",
    "diagnosis:communes_file",
    "roadmaps:national_file",
}


@pytest.mark.parametrize("row", ASKED, ids=str)
def test_a_file_is_heard_as_well_as_read(world: World, row: Row):
    made = pdf_of(world, row)

    assert (made is None) == (row.url in NOT_AS_PDF)
    assert made is None or [] == accessible.faults(made)


def test_every_engine_of_documents_makes_them_accessible():
    """What sets a PDF asks for PDF/UA-1: no document is made without."""
    made = [
        (path.name, {word.arg: ast.unparse(word.value) for word in node.keywords})
        for path in sorted((ROOT / "jalons").rglob("*.py"))
        if "typst.compile" in (text := path.read_text())
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "typst.compile"
    ]
    pdfs = [(name, said) for name, said in made if said["format"] != "'png'"]

    assert len(pdfs) >= 6
    assert [] == [name for name, said in pdfs if said["pdf_standards"] != "'ua-1'"]
