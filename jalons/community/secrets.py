"""What is computed from the installation's key rather than kept in a table."""

from __future__ import annotations

import base64
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

STOP = signing.Signer(salt="jalons.community.stop", sep=".")


def stop_token(key: UUID) -> str:
    """By which one person stops the digest of one space."""
    return STOP.sign(key.hex)


def read_stop(token: str) -> UUID | None:
    """The key of the digest; None when the token is not ours."""
    try:
        return UUID(hex=STOP.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def relay_secret(key: UUID) -> str:
    """The secret by which the owner of an address agrees; kept by its print only."""
    code = salted_hmac("jalons.community.relay", key.hex, algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")
