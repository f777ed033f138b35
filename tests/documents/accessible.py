"""Whether a PDF is read by a screen reader: what `pdfua` decides, and its outline.

Every PDF of the site is made as PDF/UA-1 by its engine, which refuses a document that
lacks a title or the words of a drawing; this reads the file again.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pdfua import validate
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NullObject

HEADINGS = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}


def faults(content: bytes) -> list[str]:
    """What somebody who hears the document would miss."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "read.pdf"
        path.write_bytes(content)
        report = validate(path)
    # A rule that could not look at the file has decided nothing.
    unread = [f"not looked at: {one.rule_id}" for one in report.outcomes if one.skipped]
    return [*(one.message for one in report.findings), *unread, *_outline(content)]


def elements(content: bytes) -> list[DictionaryObject]:
    """The structure elements of the PDF, in reading order."""
    found: list[DictionaryObject] = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            found.append(node)
            walk(node.get("/K", NullObject()))

    walk(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def _outline(content: bytes) -> Iterator[str]:
    """Headings go down one level at a time; a table has a header."""
    found = elements(content)
    levels = [int(one["/S"][2]) for one in found if one["/S"] in HEADINGS]
    for before, after in pairwise([0, *levels]):
        if after - before > 1:
            yield f"a heading of level {after} under one of level {before}"
    if not found:
        yield "nothing is tagged"
