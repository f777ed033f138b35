"""What is computed from the installation's key rather than kept in a table."""

from __future__ import annotations

import base64
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

from jalons.invitations.models import Invitation

STOP = signing.Signer(salt="jalons.invitations.stop", sep=".")


def secret_of(invitation: Invitation) -> str:
    """The secret of a personal link; the database holds its print only."""
    code = salted_hmac("jalons.invitations", str(invitation.key), algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")


def answer_key(secret: str) -> UUID:
    """The key of the answer given by a link: whoever has the link finds it again.

    Nobody else does: the secret is written nowhere.
    """
    code = salted_hmac("jalons.invitations.answer", secret, algorithm="sha256")
    return UUID(bytes=code.digest()[:16])


def opt_out_token(space_id: int, digest: str) -> str:
    """By which one person stops the mails of one space; it outlives their erasure."""
    return STOP.sign(f"{space_id}-{digest}")


def read_token(token: str) -> tuple[int, str] | None:
    """The space and the print of the address; None when the token is not ours."""
    try:
        space_id, digest = STOP.unsign(token).split("-")
    except (signing.BadSignature, ValueError):
        return None
    return int(space_id), digest
