"""A document for LibreOffice, to be reworked: real styles, real headings, real tables.

The twin of the DOCX: the same named styles, titles with their outline level, header
rows that repeat, pictures that say what they show, and on every page the source, the
date, the page number, and the watermark when there is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import odfdo
from django.utils import translation
from django.utils.translation import gettext as _
from odfdo import Element

from jalons.documents import odt_style as style
from jalons.documents.flow import Flow, label
from jalons.documents.letters import written
from jalons.documents.model import (
    Callout,
    Document,
    Facts,
    Figure,
    Items,
    Lead,
    Logo,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    Text,
)
from jalons.documents.odt_parts import Pictures, element, line, runs
from jalons.documents.odt_table import Tables
from jalons.documents.packages import without_clock
from jalons.documents.pictures import Picture, picture_of, pictures

DEEPEST_HEADING = 4
SWATCH_HEIGHT = 0.13
MM_PER_INCH = 25.4
TALLEST_PICTURE = 5.2
"""Inches, as in the DOCX: a map and its caption share a page with a few lines."""
LOGO_HEIGHT = 0.6


def make_odt(document: Document) -> bytes:
    """Write the document; its texts stay texts, whatever they hold."""
    made = odfdo.Document("text")
    with translation.override(document.language):
        style.prepare(made, document)
        _Writer(made, pictures(document)).write(document)
    buffer = BytesIO()
    made.save(buffer)
    return without_clock(buffer.getvalue())


class _Writer(Flow):
    """Adds blocks one under the other."""

    def __init__(self, made: odfdo.Document, drawn: Mapping[str, Picture]) -> None:
        self.body = made.body
        self.body.clear()
        self.drawn = drawn
        self.pictures = Pictures(made)
        self.tables = Tables(made, self.pictures, drawn)

    def logos(self, logos: Sequence[Logo]) -> None:
        if not logos:
            return
        shown = self.line("", "Last Picture")
        for one in logos:
            shown.append(self.pictures.frame(picture_of(one), LOGO_HEIGHT, one.alt))
            shown.append("    ")

    def section(self, section: Section, level: int) -> None:
        level = min(level, DEEPEST_HEADING)
        name = f"Heading {level}"
        starts_page = section.kind == "chapter"
        heading = odfdo.Header(level)
        heading.set_attribute(
            "text:style-name", style.CHAPTER if starts_page else style.key(name)
        )
        runs(heading, section.title)
        self.body.append(heading)
        self.blocks(section.blocks, level)

    def block(self, block: object, level: int) -> None:
        match block:
            case Section():
                self.section(block, level + 1)
            case Paragraph(text):
                self.line(text, "Normal")
            case Lead(text):
                self.line(text, "Lead")
            case Callout(text, tone):
                self.line(text, "Caution" if tone == "caution" else "Remark")
            case Items(items):
                self.items(items)
            case Quote(text, role):
                self.line(text, "Quote")
                if role:
                    self.line(f"— {role}", "Quote Role")
            case Facts():
                self.facts(block)
            case Table():
                self.table(block)
            case Figure():
                self.figure(block)
            case _:
                raise TypeError(f"a document holds no {type(block).__name__}")

    def line(self, text: Text, style_name: str) -> Element:
        made = line(text, style.key(style_name))
        self.body.append(made)
        return made

    def items(self, items: Sequence[Text]) -> None:
        listed = element("text:list", {"text:style-name": style.BULLETS})
        for item in items:
            entry = element("text:list-item", {})
            entry.append(line(item, style.key("List Bullet")))
            listed.append(entry)
        self.body.append(listed)

    def facts(self, facts: Facts) -> None:
        for fact in facts.items:
            note = f" ({fact.note})" if fact.note else ""
            self.line([label(fact.label), " ", Strong(fact.line), note], "Fact")

    def table(self, table: Table) -> None:
        self.line(table.caption, "Caption")
        self.body.append(self.tables.make(table))
        notes = [table.note, _source(table.source)]
        self.line(" ".join(filter(None, notes)), "Table Note")
        if table.conclusion:
            self.line([Strong(table.conclusion)], "Normal")

    def figure(self, figure: Figure) -> None:
        self.line(figure.caption, "Caption")
        picture = self.drawn[str(figure.svg)]
        asked = figure.height_mm / MM_PER_INCH
        height = min(picture.height, TALLEST_PICTURE, asked)
        # Alone, it follows its caption and lets the next title go to another page.
        has_more = figure.legend or figure.note
        shown = self.line("", "Picture" if has_more else "Last Picture")
        shown.append(self.pictures.frame(picture, height, figure.alt))
        if figure.legend:
            self.legend(figure)
        if figure.note:
            self.line(figure.note, "Note")

    def legend(self, figure: Figure) -> None:
        made = self.line("", "Note")
        for entry in figure.legend:
            swatch = self.drawn[str(entry.swatch)]
            made.append(self.pictures.frame(swatch, SWATCH_HEIGHT, ""))
            made.append(f" {written(entry.label)}    ")


def _source(source: str) -> str:
    return _("Source: %(source)s.") % {"source": source} if source else ""
