"""The only door to the sheet that an EPCI validates by its own link."""

from __future__ import annotations

from datetime import datetime

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link
from jalons.reconciliation.models import ValidationRequest


def find_request(secret: str, at: datetime) -> ValidationRequest:
    """The request that this link opens; once the survey is closed, only to withdraw.

    The link outlives a survey that is deleted: it then says so.
    """
    link = find_link(secret, Link.Purpose.VALIDATION, at)
    known = ValidationRequest.objects.select_related(
        "campaign__space", "campaign__version__questionnaire", "territory"
    )
    found: ValidationRequest | None = known.filter(link=link).first()
    if found is None:
        raise DeadLink(link, is_orphan=True)
    return found
