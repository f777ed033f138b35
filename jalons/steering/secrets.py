"""What is computed from the installation's key rather than kept in a table."""

from __future__ import annotations

import base64
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

STOP = signing.Signer(salt="jalons.steering.stop", sep=".")


def stop_token(key: UUID) -> str:
    """By which one person stops the reminders of one space."""
    return STOP.sign(key.hex)


def read_stop(token: str) -> UUID | None:
    """The key of the reminders; None when the token is not ours."""
    try:
        return UUID(hex=STOP.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def feed_secret(key: UUID) -> str:
    """The secret in the address of a calendar; kept by its print only."""
    code = salted_hmac("jalons.steering.feed", key.hex, algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")
