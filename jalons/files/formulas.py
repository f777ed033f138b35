"""Which cells of a sheet hold a formula or an error, read from the workbook's XML.

The reader of values says nothing of either. The XML is looked through quickly first,
so that a sheet without formulas costs one pass of decompression.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

BLOCK = 1 << 20
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
XLSX_SIGNS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b't="e"', b"t='e'")
ODS_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
ODS_SIGNS = (b"table:formula",)


@dataclass(frozen=True, slots=True)
class Formulas:
    """How many formulas a sheet holds, and the first cell whose result is lost."""

    count: int = 0
    first_cell: str = ""
    lost_cell: str = ""


def scan_formulas(file: BinaryIO, title: str) -> Formulas:
    """The formulas of the sheet called `title`; for ODS, those of all sheets."""
    with zipfile.ZipFile(file) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return _scan_ods(archive)
        path = _sheet_path(archive, title)
        if path not in archive.namelist() or not _shows(archive, path, XLSX_SIGNS):
            return Formulas()
        with archive.open(path) as sheet:
            return _scan_xlsx(sheet)


def _shows(archive: zipfile.ZipFile, path: str, signs: tuple[bytes, ...]) -> bool:
    tail = b""
    with archive.open(path) as content:
        while block := content.read(BLOCK):
            text = tail + block
            if any(sign in text for sign in signs):
                return True
            tail = block[-16:]
    return False


def _sheet_path(archive: zipfile.ZipFile, title: str) -> str:
    """Where the sheet of that title lies in the archive."""
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ParseError):
        return ""
    relation = None
    for sheet in book.iter(f"{SHEET}sheet"):
        if sheet.get("name") == title:
            relation = sheet.get(RELATION_ID)
    for link in links:
        if link.get("Id") == relation:
            target = link.get("Target", "")
            return target[1:] if target.startswith("/") else f"xl/{target}"
    return ""


def _scan_xlsx(sheet: IO[bytes]) -> Formulas:
    count, first, lost = 0, "", ""
    for cell in _xlsx_cells(sheet):
        place, result = cell.get("r", ""), cell.find(f"{SHEET}v")
        is_formula = cell.find(f"{SHEET}f") is not None
        has_result = result is not None and bool(result.text)
        if is_formula:
            count, first = count + 1, first or place
        if cell.get("t") == "e" or (is_formula and not has_result):
            lost = lost or place
    return Formulas(count, first, lost)


def _xlsx_cells(sheet: IO[bytes]) -> Iterator[Element]:
    """Each cell in turn, the lines already read being forgotten."""
    lines: Element | None = None
    for event, element in iterparse(sheet, events=("start", "end")):
        if event == "start":
            lines = element if element.tag == f"{SHEET}sheetData" else lines
        elif element.tag == f"{SHEET}row":
            yield from element.iterfind(f"{SHEET}c")
            if lines is not None:
                lines.clear()


def _scan_ods(archive: zipfile.ZipFile) -> Formulas:
    if not _shows(archive, "content.xml", ODS_SIGNS):
        return Formulas()
    with archive.open("content.xml") as content:
        count = sum(
            f"{ODS_TABLE}formula" in element.attrib
            for _event, element in iterparse(content)
        )
    return Formulas(count)
