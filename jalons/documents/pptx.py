"""A document as slides for a meeting: one thing a slide, each with its title.

Every slide bears the source, its number, and the watermark when there is one.
Pictures and tables say in words what they show; the language is set on each text.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.util import Inches

from jalons.documents.letters import as_property
from jalons.documents.model import Document, Fact, Figure, Items, Mention, Table, plain
from jalons.documents.packages import locale_of, without_clock
from jalons.documents.pictures import Picture, pictures
from jalons.documents.pptx_shapes import Box, Painter
from jalons.documents.slides import KeyFigures, People, Quotes, Slide, plan

TITLE_SLIDE, TITLE_ONLY = 0, 5
"""Layouts of the library's template."""

WIDTH, HEIGHT = 13.333, 7.5
BODY = Box(0.6, 1.45, 12.1, 4.95)
NOTE = Box(0.6, 6.42, 12.1, 0.45)
FACTS_ACROSS = 4
CAPTION_LETTERS = 95
"""Letters of 14 points on one line; a longer title of a table is smaller."""


def make_pptx(document: Document) -> bytes:
    """Write the slides; a document of one chapter gives about ten."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _set_properties(deck, document)
    with translation.override(document.language):
        _Writer(deck, document).write()
    buffer = BytesIO()
    deck.save(buffer)
    return without_clock(buffer.getvalue())


def _set_properties(deck: Deck, document: Document) -> None:
    properties = deck.core_properties
    properties.title = as_property(document.title)
    properties.subject = as_property(document.subtitle)
    properties.author = properties.last_modified_by = as_property(document.author)
    properties.language = locale_of(document.language)
    properties.comments = as_property(document.source_line)
    properties.keywords = as_property(document.watermark or "")


class _Writer:
    """Adds slides one after the other."""

    def __init__(self, deck: Deck, document: Document) -> None:
        self.deck = deck
        self.document = document
        self.drawn: Mapping[str, Picture] = pictures(document)
        self.paint = Painter(locale_of(document.language))

    def write(self) -> None:
        self.cover()
        for slide in plan(self.document):
            page = self.page(slide.title, TITLE_ONLY)
            self.fill(page, slide)
            if slide.notes:
                self.paint.notes(page, "\n".join(slide.notes))

    def page(self, title: str, layout: int) -> Page:
        page = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        number = len(self.deck.slides)
        if layout == TITLE_ONLY:
            self.paint.title(page, title, Box(0.6, 0.45, 12.1, 0.95), 28)
        foot = self.document.source_line
        self.paint.text(page, Box(0.6, 6.95, 10.6, 0.4), [foot], size=10, color="ink-2")
        self.paint.number(page, Box(11.9, 6.95, 0.8, 0.4), number)
        if self.document.watermark:
            self.paint.mark(page, Box(9.7, 0.1, 3.0, 0.4), self.document.watermark)
        return page

    def cover(self) -> None:
        document = self.document
        page = self.page(document.title, TITLE_SLIDE)
        self.paint.title(page, document.title, Box(0.9, 1.7, 11.5, 1.9), 40)
        lines = [document.subtitle, f"{document.author} · {document.date_line}"]
        subtitle = page.placeholders[1]
        self.paint.place(subtitle, Box(0.9, 3.7, 11.5, 1.6))
        self.paint.write(subtitle.text_frame, filter(None, lines), 20, "ink-2")
        if document.cover:
            told = [_mention(one) for one in document.cover.publication]
            self.paint.text(page, Box(0.9, 5.3, 11.5, 1.4), told, size=12)

    def fill(self, page: Page, slide: Slide) -> None:
        match slide.content:
            case KeyFigures():
                self.key_figures(page, slide.content)
            case Figure():
                self.figure(page, slide.content)
            case Table():
                self.table(page, slide.content)
            case Quotes(items):
                told = [f"« {one.text} » — {one.role}".rstrip(" —") for one in items]
                self.paint.text(page, BODY, told, size=18, gap=14)
            case Items(items):
                told = [f"• {plain(item)}" for item in items]
                self.paint.text(page, BODY, told, size=18, gap=8)
            case People(cover):
                told = [_mention(one) for one in cover.group]
                self.paint.text(page, BODY, [*told, plain(cover.thanks)], size=16)

    def key_figures(self, page: Page, shown: KeyFigures) -> None:
        if shown.lead:
            box = Box(0.6, 1.45, 12.1, 1.6)
            self.paint.text(page, box, [plain(shown.lead)], size=20)
        facts = shown.facts.items if shown.facts else ()
        for at, fact in enumerate(facts):
            row, column = divmod(at, FACTS_ACROSS)
            left, top = 0.6 + column * 3.05, 3.2 + row * 1.75
            self.fact(page, Box(left, top, 2.9, 1.65), fact)

    def fact(self, page: Page, box: Box, fact: Fact) -> None:
        value = f"{fact.value} {fact.unit}".strip()
        self.paint.fact(page, box, [fact.label, value, fact.note])

    def figure(self, page: Page, figure: Figure) -> None:
        picture = self.drawn[str(figure.svg)]
        caption = Box(BODY.left, BODY.top, BODY.width, 0.4)
        self.paint.text(page, caption, [figure.caption], size=14, is_bold=True)
        has_legend = bool(figure.legend)
        room = Box(0.6, 1.9, 8.6 if has_legend else 12.1, 4.5)
        self.paint.picture(page, room, picture, figure.alt)
        for at, entry in enumerate(figure.legend):
            top = 2.1 + at * 0.42
            swatch = self.drawn[str(entry.swatch)]
            self.paint.picture(page, Box(9.5, top + 0.05, 0.26, 0.26), swatch, "")
            self.paint.text(page, Box(9.85, top, 2.9, 0.4), [entry.label], size=14)
        self.note(page, figure.note)

    def table(self, page: Page, table: Table) -> None:
        caption = Box(BODY.left, BODY.top - 0.1, BODY.width, 0.4)
        size = 14 if len(table.caption) <= CAPTION_LETTERS else 11
        self.paint.text(page, caption, [table.caption], size=size, is_bold=True)
        self.paint.table(page, Box(0.6, 1.8, 12.1, 0.3), table)
        self.note(page, table.note)

    def note(self, page: Page, note: str) -> None:
        if note:
            self.paint.text(page, NOTE, [note], size=11, color="ink-2")


def _mention(one: Mention) -> str:
    if not one.role:
        return one.holder
    return _("%(name)s:") % {"name": one.role} + f" {one.holder}"
