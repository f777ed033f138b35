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
from pypdf.generic import DictionaryObject, NullObject, PdfObject

# The version of `pdfua` that is pinned gives up this rule on any file: it is ours here.
OURS = {"UA-14-001"}
HEADINGS = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}


def faults(content: bytes) -> list[str]:
    """What somebody who hears the document would miss."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "read.pdf"
        path.write_bytes(content)
        report = validate(path)
    # A rule that could not look at the file has decided nothing.
    unread = {one.rule_id for one in report.outcomes if one.skipped} - OURS
    return [
        *(one.message for one in report.findings),
        *(f"not looked at: {rule}" for rule in sorted(unread)),
        *_outline(content),
    ]


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
    """Headings hold something, and go down one level at a time."""
    headings = [one for one in elements(content) if one["/S"] in HEADINGS]
    levels = [int(one["/S"][2]) for one in headings]
    for before, after in pairwise([0, *levels]):
        if after - before > 1:
            yield f"a heading of level {after} under one of level {before}"
    for one in headings:
        if not _holds(one.get("/K")):
            yield f"an empty heading ({one['/S']})"


def _holds(node: object) -> bool:
    """Whether something of the page is marked under a structure element."""
    node = node.get_object() if isinstance(node, PdfObject) else node
    if isinstance(node, list):
        return any(_holds(one) for one in node)
    if isinstance(node, dict):
        return node.get("/Type") == "/MCR" or _holds(node.get("/K"))
    return isinstance(node, int)
