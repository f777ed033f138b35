"""Rows of a file that could not be read, kept whole so that they can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.files.exports import csv_blocks
from jalons.imports.loaders import Reading
from jalons.surveys.models import Campaign


def blocks(reading: Reading) -> Iterator[str]:
    """The refused rows as CSV: line, reason, then the cells as they were.

    Once mended, the file can be imported as it is: the mapping looks for its columns
    by name, and the two first ones are only reported as not read.
    """
    header = (_("line"), _("reason"), *reading.columns)
    rows = (
        (row.line, row.reason, *(row.cells[column] for column in reading.columns))
        for row in reading.refused
    )
    return csv_blocks(header, rows)


def set_aside(reading: Reading, campaign: Campaign) -> Path:
    """Write the refused rows in the run-time folder; the path to give to the user."""
    folder = Path(settings.VAR_DIR) / "quarantine"
    folder.mkdir(parents=True, exist_ok=True)
    moment = timezone.now().strftime("%Y%m%d-%H%M%S")
    path = folder / f"{campaign.slug}-{moment}.csv"
    path.write_text("".join(blocks(reading)), encoding="utf-8", newline="")
    path.chmod(0o600)
    return path
