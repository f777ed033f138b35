"""The link of somebody registered: computed from the installation's key, never kept."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from jalons.events.models import Registration

SIGNER = signing.Signer(salt="jalons.events.registration", sep=".")


def token_of(registration: Registration) -> str:
    return SIGNER.sign(registration.key.hex)


def read_token(token: str) -> UUID | None:
    """The key of the registration; None when the token is not ours."""
    try:
        return UUID(hex=SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def address_of(registration: Registration, name: str = "mine") -> str:
    """The whole address of one of their pages."""
    return settings.SITE_URL + reverse(f"events:{name}", args=[token_of(registration)])
