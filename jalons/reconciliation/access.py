"""The only door to the sheet that an EPCI validates by its own link."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404

from jalons.accounts.access import find_link
from jalons.accounts.models import Link
from jalons.reconciliation.models import ValidationRequest


def find_request(secret: str, at: datetime) -> ValidationRequest:
    """The request that this link opens; once the survey is closed, only to withdraw."""
    link = find_link(secret, Link.Purpose.VALIDATION, at)
    found: ValidationRequest = get_object_or_404(
        ValidationRequest.objects.select_related(
            "campaign__space", "campaign__version__questionnaire", "territory"
        ),
        link=link,
    )
    return found
