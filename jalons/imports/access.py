"""The only door to files of answers; `surveys.access` opens the survey itself."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.imports.models import PendingImport
from jalons.surveys.models import Campaign


def get_pending_import(campaign: Campaign, pk: int) -> PendingImport:
    """A file of answers given to a survey already opened, not yet confirmed."""
    pending: PendingImport = get_object_or_404(
        campaign.pending_imports.select_related("stored", "campaign"), pk=pk
    )
    return pending
