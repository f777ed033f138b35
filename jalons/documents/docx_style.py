"""How a word processor's document looks: styles, page, header and footer.

Everything is a named style, so that whoever reworks the document changes it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as Line

from jalons.documents.letters import as_property, written
from jalons.documents.looks import LOOKS, Look
from jalons.documents.model import Document, Emphasis, Link, Strong, Text
from jalons.documents.packages import locale_of
from jalons.documents.pictures import Picture
from jalons.drawing.skins import PALETTE

TEXT_WIDTH = Mm(210 - 2 * 21)
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def prepare(made: Docx, document: Document) -> None:
    """Set styles, page, language and properties before anything is written."""
    for name, look in LOOKS.items():
        _apply(_style(made, name, look), look)
    _add_hyperlink(made)
    _set_language(made, locale_of(document.language))
    _set_page(made, document)
    properties = made.core_properties
    properties.title = as_property(document.title)
    properties.subject = as_property(document.subtitle)
    properties.author = properties.last_modified_by = as_property(document.author)
    properties.language = locale_of(document.language)
    properties.comments = as_property(document.source_line)
    properties.keywords = as_property(document.watermark or "")


def set_runs(line: Line, text: Text) -> None:
    """Write the pieces of a text, each with its emphasis."""
    for piece in [text] if isinstance(text, str) else text:
        if isinstance(piece, Link):
            _add_link(line, piece)
            continue
        run = line.add_run(written(piece if isinstance(piece, str) else piece.text))
        run.bold = True if isinstance(piece, Strong) else None
        run.italic = True if isinstance(piece, Emphasis) else None


def _add_link(line: Line, link: Link) -> None:
    """Words that a click follows."""
    to = line.part.relate_to(link.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    place = OxmlElement("w:hyperlink")
    place.set(qn("r:id"), to)
    run = line.add_run(written(link.text), style="Hyperlink")
    place.append(run._r)
    line._p.append(place)


def add_picture(line: Line, picture: Picture, height: Length, alt: str = "") -> None:
    """Set a picture in a line; without words it is marked as decorative."""
    width = Length(min(int(height * picture.width / picture.height), TEXT_WIDTH))
    shape = line.add_run().add_picture(BytesIO(picture.png), width=width)
    for side in "TBLR":
        # Where nothing is said, LibreOffice leaves a gap around the picture.
        shape._inline.set(f"dist{side}", "0")
    properties = shape._inline.docPr
    properties.set("descr", written(alt))
    if not alt:
        _mark_decorative(properties)


def _mark_decorative(properties: Any) -> None:
    listed, extension = OxmlElement("a:extLst"), OxmlElement("a:ext")
    extension.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    mark = extension.makeelement(f"{{{_DECORATIVE}}}decorative", {"val": "1"})
    extension.append(mark)
    listed.append(extension)
    properties.append(listed)


def _add_hyperlink(made: Docx) -> None:
    """Links are underlined: colour alone would not tell them."""
    font = made.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, True).font
    font.color.rgb = RGBColor.from_string(PALETTE["accent"][1:].upper())
    font.underline = True


def _style(made: Docx, name: str, look: Look) -> ParagraphStyle:
    if name in made.styles:
        return made.styles[name]
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles[look.base]
    return style


def _apply(style: ParagraphStyle, look: Look) -> None:
    font, shape = style.font, style.paragraph_format
    if look.size:
        font.size = Pt(look.size)
    if look.color:
        font.color.rgb = RGBColor.from_string(PALETTE[look.color][1:].upper())
    if look.font:
        _set_font(style, look.font)
    font.bold = look.bold if look.bold is not None else font.bold
    font.italic = look.italic if look.italic is not None else font.italic
    if look.before is not None:
        shape.space_before = Pt(look.before)
    if look.after is not None:
        shape.space_after = Pt(look.after)
    shape.left_indent = Pt(look.indent) if look.indent else shape.left_indent
    shape.keep_with_next = look.keeps_next or shape.keep_with_next


def _set_font(style: ParagraphStyle, name: str) -> None:
    """Name the font for every script: the template's theme would win otherwise."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def _set_language(made: Docx, locale: str) -> None:
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def _set_page(made: Docx, document: Document) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(21)
    page.top_margin, page.bottom_margin = Mm(26), Mm(24)
    head = page.header.paragraphs[0]
    _tabbed(head, [document.title, document.date_line])
    if document.watermark:
        run = head.insert_paragraph_before(style="Caution").add_run()
        run.text, run.bold = written(document.watermark), True
    foot = page.footer.paragraphs[0]
    _tabbed(foot, [document.source_line, ""])
    with translation.override(document.language):
        _add_page_number(foot, _("page {page} of {pages}"))


def _tabbed(line: Line, texts: Iterable[str]) -> None:
    """Texts at both ends of a line, in small letters."""
    line.style = "Note"
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(TEXT_WIDTH, alignment=2)
    line.add_run("\t".join(map(written, texts)))


def _add_page_number(line: Line, words: str) -> None:
    before, rest = words.split("{page}")
    between, after = rest.split("{pages}")
    line.add_run(before)
    _add_field(line, "PAGE")
    line.add_run(between)
    _add_field(line, "NUMPAGES")
    line.add_run(after)


def _add_field(line: Line, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)
