"""What is computed from the key of a slip and of the installation, and kept nowhere."""

from __future__ import annotations

import base64
from uuid import UUID

from django.utils.crypto import salted_hmac

# Read aloud over a telephone: no letter that looks or sounds like another.
LETTERS = "ACDEFHJKLMNPRTUVWXY34679"
REFERENCE_LENGTH = 6


def secret_of(key: UUID) -> str:
    """The secret of the link of a slip; the database holds its print only."""
    code = salted_hmac("jalons.orientation", str(key), algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")


def reference_of(key: UUID) -> str:
    """Six letters written on the slip, by which a place knows which one it holds."""
    code = salted_hmac("jalons.orientation.reference", str(key), algorithm="sha256")
    number, letters = int.from_bytes(code.digest()[:8]), []
    for _turn in range(REFERENCE_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)
