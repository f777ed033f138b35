"""The link of whoever told an interest: computed from the installation’s key."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from jalons.reception.models import Interest

SIGNER = signing.Signer(salt="jalons.reception.interest", sep=".")


def token_of(interest: Interest) -> str:
    return SIGNER.sign(interest.key.hex)


def read_token(token: str) -> UUID | None:
    """The key of the interest; None when the token is not ours."""
    try:
        return UUID(hex=SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def address_of(interest: Interest) -> str:
    """The whole address of their own page."""
    path = reverse("reception:mine", args=[token_of(interest)])
    return settings.SITE_URL + path
