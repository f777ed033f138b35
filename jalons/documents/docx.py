"""A document for a word processor, to be reworked: real styles, real headings.

Header rows repeat, pictures say what they show, the language is set. Every page bears
the source, the date and the page number, and the watermark when there is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document as new_document
from docx.document import Document as Docx
from docx.shared import Inches
from docx.text.paragraph import Paragraph as Line

from jalons.documents import docx_style as style
from jalons.documents.docx_table import add_table
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
from jalons.documents.packages import without_clock
from jalons.documents.pictures import Picture, picture_of, pictures

DEEPEST_HEADING = 4
SWATCH_HEIGHT = Inches(0.13)
LOGO_HEIGHT = Inches(0.6)
MM_PER_INCH = 25.4
TALLEST_PICTURE = 5.2
"""Inches: a map and its caption share a page with a few lines."""


def make_docx(document: Document) -> bytes:
    """Write the document; its texts stay texts, whatever they hold."""
    made = new_document()
    style.prepare(made, document)
    with translation.override(document.language):
        _Writer(made, pictures(document)).write(document)
    buffer = BytesIO()
    made.save(buffer)
    return without_clock(buffer.getvalue())


class _Writer(Flow):
    """Adds blocks one under the other."""

    def __init__(self, made: Docx, drawn: Mapping[str, Picture]) -> None:
        self.made = made
        self.drawn = drawn

    def logos(self, logos: Sequence[Logo]) -> None:
        if not logos:
            return
        line = self.made.add_paragraph(style="Last Picture")
        for one in logos:
            style.add_picture(line, picture_of(one), LOGO_HEIGHT, alt=one.alt)
            line.add_run("    ")

    def section(self, section: Section, level: int) -> None:
        heading = self.line(section.title, f"Heading {min(level, DEEPEST_HEADING)}")
        heading.paragraph_format.page_break_before = section.kind == "chapter"
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
                for item in items:
                    self.line(item, "List Bullet")
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

    def line(self, text: Text, style_name: str) -> Line:
        line = self.made.add_paragraph(style=style_name)
        style.set_runs(line, text)
        return line

    def facts(self, facts: Facts) -> None:
        for fact in facts.items:
            line = self.line([label(fact.label), " ", Strong(fact.line)], "Fact")
            if fact.note:
                line.add_run(f" ({written(fact.note)})")

    def table(self, table: Table) -> None:
        self.line(table.caption, "Caption")
        add_table(self.made, table, self.drawn)
        notes = [table.note, _source(table.source)]
        self.line(" ".join(filter(None, notes)), "Table Note")
        if table.conclusion:
            self.line([Strong(table.conclusion)], "Normal")

    def figure(self, figure: Figure) -> None:
        self.line(figure.caption, "Caption")
        picture = self.drawn[str(figure.svg)]
        line = self.made.add_paragraph(style="Picture")
        asked = figure.height_mm / MM_PER_INCH
        height = min(picture.height, TALLEST_PICTURE, asked)
        style.add_picture(line, picture, Inches(height), alt=figure.alt)
        # Alone, it follows its caption and lets the next title go to another page.
        line.paragraph_format.keep_with_next = bool(figure.legend or figure.note)
        if figure.legend:
            self.legend(figure)
        if figure.note:
            self.line(figure.note, "Note")

    def legend(self, figure: Figure) -> None:
        line = self.made.add_paragraph(style="Note")
        for entry in figure.legend:
            swatch = self.drawn[str(entry.swatch)]
            style.add_picture(line, swatch, SWATCH_HEIGHT)
            line.add_run(f" {written(entry.label)}    ")


def _source(source: str) -> str:
    return _("Source: %(source)s.") % {"source": source} if source else ""
