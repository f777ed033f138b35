"""A document as slides for a meeting: one thing a slide, each with its title.

Every slide bears the source, its number, and the watermark when there is one.
Pictures and tables say in words what they show; the language is set on each text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.util import Inches

from jalons.documents.letters import as_property
from jalons.documents.model import (
    Document,
    Fact,
    Figure,
    Items,
    Logo,
    Mention,
    Table,
    Text,
    plain,
)
from jalons.documents.packages import locale_of, without_clock
from jalons.documents.pictures import Picture, picture_of, pictures
from jalons.documents.pptx_shapes import Box, Painter
from jalons.documents.slides import KeyFigures, People, Quotes, Slide, plan

TITLE_SLIDE, TITLE_ONLY = 0, 5
"""Layouts of the library's template."""

WIDTH, HEIGHT = 13.333, 7.5
BODY = Box(0.6, 1.45, 12.1, 5.0)
LOGOS = Box(0.9, 0.55, 11.5, 0.8)
LOGO_WIDTH, MOST_LOGOS = 1.75, 6
NOTE = Box(0.6, 6.38, 12.1, 0.5)
CONCLUSION = 0.95
"""Inches kept under a table for what its numbers allow to say."""
SIZES = (
    (28, 260),
    (24, 420),
    (22, 520),
    (20, 680),
    (18, 900),
    (16, 1_200),
    (14, 10**6),
)
"""Points of a slide of words, and the letters up to which each is used."""
FACTS_ACROSS = 4
CAPTION_LETTERS = 100
"""Letters of 18 points on one line; a longer title of a table is smaller."""


def make_pptx(document: Document) -> bytes:
    """Write the slides: ten at most."""
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
        for slide in plan(self.document).slides:
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
        self.paint.text(page, Box(0.6, 6.95, 10.6, 0.4), [foot], size=11, color="ink-2")
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
            self.logos(page, document.cover.logos)
            told = [_mention(one) for one in document.cover.publication]
            self.paint.text(page, Box(0.9, 5.3, 11.5, 1.4), told, size=16)

    def logos(self, page: Page, logos: Sequence[Logo]) -> None:
        """Side by side above the title."""
        left = LOGOS.left
        for one in logos[:MOST_LOGOS]:
            box = Box(left, LOGOS.top, LOGO_WIDTH, LOGOS.height)
            self.paint.picture(page, box, picture_of(one), one.alt)
            left += LOGO_WIDTH + 0.2

    def fill(self, page: Page, slide: Slide) -> None:
        match slide.content:
            case KeyFigures():
                self.key_figures(page, slide.content)
            case Figure():
                self.figure(page, slide.content)
            case Table():
                self.table(page, slide.content)
            case Quotes(items):
                told = [
                    f"«\u202f{one.text}\u202f» — {one.role}".rstrip(" —")
                    for one in items
                ]
                self.words(page, told)
            case Items(items):
                self.words(page, [_bulleted(item) for item in items])
            case People(cover):
                told = [_mention(one) for one in cover.group]
                self.words(page, [*told, *plain(cover.thanks).splitlines()])

    def words(self, page: Page, lines: Sequence[Text]) -> None:
        """Words alone, in the middle of the slide, as large as they can be read."""
        letters = sum(len(plain(line)) for line in lines)
        size = next(s for s, most in SIZES if letters <= most)
        frame = self.paint.text(page, BODY, lines, size=size, gap=size * 0.8)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE

    def key_figures(self, page: Page, shown: KeyFigures) -> None:
        if shown.lead:
            box = Box(0.6, 1.55, 12.1, 1.6)
            self.paint.text(page, box, [shown.lead], size=24)
        facts = shown.facts.items if shown.facts else ()
        for at, fact in enumerate(facts):
            row, column = divmod(at, FACTS_ACROSS)
            left, top = 0.6 + column * 3.05, 3.6 + row * 1.6
            self.fact(page, Box(left, top, 2.9, 1.5), fact)

    def fact(self, page: Page, box: Box, fact: Fact) -> None:
        value = fact.line
        self.paint.fact(page, box, [fact.label, value, fact.note])

    def figure(self, page: Page, figure: Figure) -> None:
        """The drawing over the whole height; beside it, its words and its key."""
        picture = self.drawn[str(figure.svg)]
        scale = min(8.2 / picture.width, 5.5 / picture.height)
        width = picture.width * scale
        self.paint.picture(page, Box(0.6, 1.35, width, 5.5), picture, figure.alt)
        left = max(width + 1.1, 6.2)
        beside = Box(left, 1.5, 12.7 - left, 1.2)
        said = [figure.caption, figure.alt]
        frame = self.paint.text(page, beside, said, size=18, gap=8)
        frame.paragraphs[0].runs[0].font.bold = True
        for at, entry in enumerate(figure.legend):
            top = 3.55 + at * 0.42
            swatch = self.drawn[str(entry.swatch)]
            self.paint.picture(page, Box(left, top + 0.06, 0.28, 0.28), swatch, "")
            label = Box(left + 0.4, top, 12.3 - left, 0.4)
            self.paint.text(page, label, [entry.label], size=17)
        if figure.note:
            place = Box(left, 6.05, 12.7 - left, 0.8)
            self.paint.text(page, place, [figure.note], size=12, color="ink-2")

    def table(self, page: Page, table: Table) -> None:
        caption = Box(BODY.left, BODY.top - 0.05, BODY.width, 0.45)
        size = 18 if len(table.caption) <= CAPTION_LETTERS else 14
        self.paint.text(page, caption, [table.caption], size=size, is_bold=True)
        room = 4.2 - CONCLUSION * bool(table.conclusion)
        self.paint.table(page, Box(0.6, 2.0, 12.1, room), table)
        if table.conclusion:
            place = Box(0.6, 6.35 - CONCLUSION, 12.1, CONCLUSION)
            self.paint.text(page, place, [table.conclusion], size=18, color="accent")
        self.note(page, table.note)

    def note(self, page: Page, note: str) -> None:
        if note:
            self.paint.text(page, NOTE, [note], size=12, color="ink-2")


def _bulleted(item: Text) -> Text:
    return ["• ", *([item] if isinstance(item, str) else item)]


def _mention(one: Mention) -> str:
    if not one.role:
        return one.holder
    return _("%(name)s:") % {"name": one.role} + f" {one.holder}"
