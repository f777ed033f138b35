"""The link by which somebody takes back the story they told."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

CARD = signing.Signer(salt="jalons.impact.card", sep=".")


def card_token(key: UUID) -> str:
    return CARD.sign(key.hex)


def read_card(token: str) -> UUID | None:
    """The key of a card; None when the token is not ours."""
    try:
        return UUID(hex=CARD.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
