"""The link that stops the mails: computed from the installation's key, never kept."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from jalons.digests.models import Subscription

STOP = signing.Signer(salt="jalons.digests.stop", sep=".")


def stop_token(key: UUID) -> str:
    return STOP.sign(key.hex)


def read_stop(token: str) -> UUID | None:
    """The key of the mails; None when the token is not ours."""
    try:
        return UUID(hex=STOP.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def stop_address(subscription: Subscription) -> str:
    """The whole address, which needs no account."""
    return settings.SITE_URL + reverse(
        "digests:stop", args=[stop_token(subscription.key)]
    )
