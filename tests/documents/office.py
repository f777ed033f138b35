"""Office files read back as a program would, to compare them with the document."""

from __future__ import annotations

import io
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import odfdo
import pptx
from python_calamine import CalamineWorkbook

from jalons.documents import render


def word(document):
    return docx.Document(io.BytesIO(render(document, "docx")))


def odt(document):
    return odfdo.Document(io.BytesIO(render(document, "odt")))


def odt_style_of(made, name):
    """A style by its name, of the file or of one table; None when it has none."""
    parts = ("styles.xml", "content.xml")
    found = (made.get_part(p).get_element(f"//*[@style:name='{name}']") for p in parts)
    return next((one for one in found if one), None)


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


def frames_of(slide):
    """Every text of a slide, cells of its tables included."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame
        if shape.has_table:
            yield from (c.text_frame for row in shape.table.rows for c in row.cells)
