"""What the documents for a word processor have in common: their opening."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import zip_longest

from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Cover,
    Document,
    Figure,
    Items,
    Logo,
    Mention,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)

INTRODUCED = (Items, Table, Figure)


class Flow(ABC):
    """Blocks one under the other, in named styles that each format knows."""

    @abstractmethod
    def line(self, text: Text, style_name: str) -> object: ...

    @abstractmethod
    def logos(self, logos: Sequence[Logo]) -> None: ...

    @abstractmethod
    def section(self, section: Section, level: int) -> None: ...

    @abstractmethod
    def block(self, block: object, level: int) -> None: ...

    def blocks(self, blocks: Sequence[Block], level: int) -> None:
        """One after the other; what introduces a list or a table stays with it."""
        for block, after in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph) and isinstance(after, INTRODUCED):
                self.line(block.text, "Introduction")
            else:
                self.block(block, level)

    def write(self, document: Document) -> None:
        self.line(document.title, "Title")
        if document.subtitle:
            self.line(document.subtitle, "Subtitle")
        if document.watermark:
            self.line([Strong(document.watermark)], "Caution")
        self.line(f"{document.author} · {document.date_line}", "Note")
        self.line(document.source_line, "Note")
        if document.cover:
            self.cover(document.cover)
        for section in document.sections:
            self.section(section, 1)

    def cover(self, cover: Cover) -> None:
        self.logos(cover.logos)
        self.mentions(_("Publication"), cover.publication)
        self.mentions(_("Project group"), cover.group)
        if cover.thanks:
            self.line(_("Thanks"), "Cover Heading")
            self.line(cover.thanks, "Normal")

    def mentions(self, title: str, mentions: Sequence[Mention]) -> None:
        if not mentions:
            return
        self.line(title, "Cover Heading")
        for one in mentions:
            named: Text = [Strong(label(one.role)), " ", one.holder]
            self.line(named if one.role else one.holder, "Mention")


def label(name: str) -> str:
    return _("%(name)s:") % {"name": name}
