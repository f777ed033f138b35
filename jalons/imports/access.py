"""The only door to files of answers; `surveys.access` opens the survey itself."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.imports.models import ImportBatch, SavedMapping
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign


def get_import(campaign: Campaign, pk: int) -> ImportBatch:
    """A file of answers given to a survey already opened, never to another one."""
    batch: ImportBatch = get_object_or_404(
        campaign.imports.select_related(
            "stored", "refused", "given_by", "campaign__space", "campaign__version"
        ),
        pk=pk,
    )
    return batch


def get_mapping(space: Space, pk: int) -> SavedMapping:
    """A mapping kept by a space already opened."""
    saved: SavedMapping = get_object_or_404(space.mappings, pk=pk)
    return saved
