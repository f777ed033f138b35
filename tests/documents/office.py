"""Office files read back as a program would, to compare them with the document."""

from __future__ import annotations

import io
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pptx
from python_calamine import CalamineWorkbook

from jalons.documents import render


def word(document):
    return docx.Document(io.BytesIO(render(document, "docx")))


def slides(document):
    return list(pptx.Presentation(io.BytesIO(render(document, "pptx"))).slides)


def workbook(document):
    return CalamineWorkbook.from_object(io.BytesIO(render(document, "xlsx")))


def part(package: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(ZipFile(io.BytesIO(package)).read(name))


def text_of_slide(slide) -> str:
    texts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def alternatives(slide) -> list[str]:
    """What pictures and tables say to those who do not see them."""
    path = ".//{*}cNvPr[@descr]"
    found = [each.get("descr") for each in slide.shapes._spTree.iterfind(path)]
    return [each for each in found if each]


def rows_of_sheet(book, name):
    return book.get_sheet_by_name(name).to_python()
