"""The link of a subscriber: computed from the installation’s key, never kept."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from jalons.gazette.models import Subscriber

SIGNER = signing.Signer(salt="jalons.gazette.subscriber", sep=".")


def token_of(subscriber: Subscriber) -> str:
    return SIGNER.sign(subscriber.key.hex)


def read_token(token: str) -> UUID | None:
    """The key of the subscriber; None when the token is not ours."""
    try:
        return UUID(hex=SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def address_of(subscriber: Subscriber, name: str) -> str:
    """The whole address of one of their pages: `confirm` or `stop`."""
    path = reverse(f"gazette:{name}", args=[token_of(subscriber)])
    return settings.SITE_URL + path
