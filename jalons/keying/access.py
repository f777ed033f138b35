"""The only door to the sheets that a team keys, and to what was read on them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.keying.models import Keying, Sheet
from jalons.surveys.models import Campaign


def get_sheet(campaign: Campaign, pk: int) -> Sheet:
    """A sheet of a survey already opened, not counted yet."""
    sheet: Sheet = get_object_or_404(
        campaign.sheets.select_related("campaign__version", "campaign__space"),
        pk=pk,
        counted_at=None,
    )
    return sheet


def get_keying(campaign: Campaign, pk: int) -> Keying:
    """A keying under way of a sheet not counted yet."""
    keying: Keying = get_object_or_404(
        Keying.objects.select_related("sheet__campaign__version", "keyed_by"),
        pk=pk,
        sheet__campaign=campaign,
        sheet__counted_at=None,
        finished_at=None,
    )
    return keying
