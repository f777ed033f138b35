"""Who says what the site states of itself: the owners of the centre that hosts it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.spaces.models import Space
from jalons.statements.models import Audit


def get_audit(space: Space, pk: int) -> Audit:
    """An audit of a space already opened (`hosts.access.get_hosting`)."""
    found: Audit = get_object_or_404(space.accessibility_audits, pk=pk)
    return found
