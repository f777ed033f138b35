"""The same notice as a poster, a slip or a text for the municipal bulletin."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.communication.facts import Fact, Notice
from jalons.documents.card import Card, Paper, Part, make_card
from jalons.documents.model import Block, Document, Items, Paragraph, Section


def printed(notice: Notice, paper: Paper) -> bytes:
    """A poster (A4) or a slip (A5), in the largest print that holds on one page."""
    card = Card(
        title=notice.title,
        author=notice.author,
        language=_language(),
        parts=[
            Part(one.heading, one.lines, is_strong=one.is_strong)
            for one in notice.facts
        ],
        foot=notice.foot,
        watermark=_("SIMULATED") if notice.is_simulated else "",
        paper=paper,
    )
    return make_card(card)


def bulletin_text(notice: Notice) -> str:
    """Plain text, to be pasted in the page of somebody else."""
    blocks = [f"{one.heading}\n" + "\n".join(one.lines) for one in notice.facts]
    head = [_("SIMULATED")] if notice.is_simulated else []
    return "\n\n".join([*head, notice.title, *blocks, notice.foot]) + "\n"


def bulletin_document(notice: Notice) -> Document:
    """The same text, to be reworked in a word processor or sent as it is."""
    return Document(
        title=notice.title,
        sections=[Section(one.heading, [_block(one)]) for one in notice.facts],
        language=_language(),
        source_line=notice.foot,
        date_line="",
        author=notice.author,
        subtitle=_("Text for the bulletin"),
        watermark=_("SIMULATED") if notice.is_simulated else None,
    )


def _block(fact: Fact) -> Block:
    if len(fact.lines) > 1:
        return Items(fact.lines)
    return Paragraph(fact.lines[0])


def _language() -> str:
    return (get_language() or "fr").split("-")[0]
