"""A published synthesis as it may be read today: less what was taken back since."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from jalons.synthesis.content import (
    Chapter,
    Content,
    Map,
    Missing,
    Piece,
    Table,
    from_store,
)
from jalons.synthesis.models import Edition


def content_today(edition: Edition) -> Content:
    """As the public reads it."""
    return without_withdrawn(from_store(edition.content), validated_of(edition))


def validated_of(edition: Edition) -> set[str]:
    """The territories that agree to be shown, by code."""
    validations = edition.synthesis.campaign.validations
    return set(validations.values_list("territory", flat=True))


def without_withdrawn(content: Content, validated: set[str]) -> Content:
    """The content without what rests on a territory that took back its agreement."""
    if set(content.shown_territories) <= validated:
        return content
    chapters = tuple(
        Chapter(one.title, tuple(map(_still_shown, one.pieces)))
        for one in content.chapters
    )
    return replace(content, chapters=chapters)


def _still_shown(piece: Piece) -> Piece:
    is_by_territory = isinstance(piece, Table) and piece.is_by_territory
    if not (isinstance(piece, Map) or is_by_territory):
        return piece
    reason = _(
        "A territory took back its agreement since the publication: this part will be "
        "shown again once published without it."
    )
    return Missing(piece.caption if isinstance(piece, Map | Table) else "", reason)
