"""Versions for the tests, adopted and published as a team does."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from jalons.accounts.models import User
from jalons.adoption import operations
from jalons.adoption.models import Adoption, Publication, Version


def adopts(version: Version, *, by: User, **fields: object) -> Adoption:
    said = {
        "body": "Conseil communautaire",
        "deliberation": "2026-12",
        "adopted_on": date(2026, 3, 12),
        **fields,
    }
    adoption = Adoption(version=version, **said)
    operations.note_adoption(adoption, by=by)
    return adoption


def publishes(
    version: Version, *, by: User, public_from: datetime | None = None
) -> Publication:
    """Adopt it first, when it was not."""
    adoption = getattr(version, "adoption", None) or adopts(version, by=by)
    at = public_from or timezone.now()
    return operations.publish(adoption, public_from=at, by=by)
