"""What is computed from the installation's key rather than kept in a table."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

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
