"""What is computed from the installation's key rather than kept in a table."""

from __future__ import annotations

import base64
from uuid import UUID

from django.utils.crypto import salted_hmac


def relay_secret(key: UUID) -> str:
    """The secret by which the owner of an address agrees; kept by its print only."""
    code = salted_hmac("jalons.community.relay", key.hex, algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")
