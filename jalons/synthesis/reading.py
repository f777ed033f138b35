"""A published synthesis as it may be read today: less what was taken back since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from jalons.surveys.figures import validated_territories
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
    return contents_today([edition])[edition.pk]


def contents_today(editions: Collection[Edition]) -> dict[int, Content]:
    """The same of each, by its key."""
    validated = validated_of(editions)
    return {
        one.pk: without_withdrawn(from_store(one.content), validated[one.pk])
        for one in editions
    }


def validated_of(editions: Collection[Edition]) -> dict[int, set[str]]:
    """The territories that agree to be shown, by code, of each, by its key."""
    surveys = {one.pk: one.synthesis.campaign_id for one in editions}
    found = validated_territories(surveys.values())
    return {pk: found[survey] for pk, survey in surveys.items()}


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
        "A territory has taken back its agreement since the publication: this part "
        "will be shown again once published without it."
    )
    return Missing(piece.caption if isinstance(piece, Map | Table) else "", reason)
