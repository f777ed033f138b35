"""The diagnosis in about two pages: the answer, figures, two maps, what was found."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.adoption.material import Material
from jalons.diagnosis import pictures
from jalons.diagnosis.board import Board, FindingLine
from jalons.diagnosis.commune_maps import commune_map
from jalons.diagnosis.models import Review
from jalons.diagnosis.reading import Reading
from jalons.documents.model import (
    Block,
    Callout,
    Facts,
    Figure,
    Items,
    Lead,
    Paragraph,
    Section,
    Strong,
    Text,
)
from jalons.drawing.skins import Skin
from jalons.observatory.documents import table_of

MAP_MM = 58
"""Two maps, a table and what was found hold on two pages."""
UNREAD = (Review.State.PROPOSED, Review.State.SET_ASIDE)
"""What the software proposes and nobody has read is no finding of the team."""


def blocks(material: Material) -> Iterator[Block]:
    shown, board = material.portrait, material.findings
    if shown is None or board is None:
        return
    yield Lead(shown.lead)
    if shown.borrowed:
        yield Callout(shown.borrowed, "caution")
    if shown.facts:
        yield Facts(shown.facts)
    yield from _maps(shown, material.skin)
    if shown.key_figures.rows:
        yield table_of(shown.key_figures)
    yield from _found(board)
    yield Paragraph([Strong(_("Sources:")), f" {shown.source}"])


def _maps(shown: Reading, skin: Skin) -> Iterator[Block]:
    mine = shown.portrait.described
    place = pictures.locator(mine, shown.portrait.groups, skin)
    if place:
        yield Figure(
            place,
            alt=_("%(name)s is darker than the territories around it.")
            % {"name": mine.name},
            caption=_("Where %(name)s lies") % {"name": mine.name},
            height_mm=MAP_MM,
        )
    communes = commune_map(shown.portrait.communes, skin)
    if communes:
        yield Figure(
            communes.svg,
            alt=communes.summary,
            caption=communes.title,
            legend=communes.legend,
            height_mm=MAP_MM,
        )


def _found(board: Board) -> Iterator[Block]:
    """What the team discussed or the field said, each with how far it is sure."""
    for title, lines in board.groups:
        read = [one for one in lines if one.state not in UNREAD]
        if read:
            yield Section(
                title, [Items([_finding(one) for one in read])], is_detail=True
            )


def _finding(one: FindingLine) -> Text:
    return f"{one.text} [{one.state.label}]"
