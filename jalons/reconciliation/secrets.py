from __future__ import annotations

import base64

from django.utils.crypto import salted_hmac

from jalons.reconciliation.models import ValidationRequest


def secret_of(request: ValidationRequest) -> str:
    """The secret of the link of an EPCI; the database holds its print only."""
    code = salted_hmac("jalons.reconciliation", str(request.key), algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")
