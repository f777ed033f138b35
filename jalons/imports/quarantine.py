"""Rows of a file that could not be read, kept whole so that they can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.files.exports import csv_blocks
from jalons.imports.loaders import NOTE, AnswerFile, RefusedRow
from jalons.surveys.models import Campaign


def blocks(file: AnswerFile) -> Iterator[str]:
    """The refused rows as CSV: line, column, reason, then the cells as they were.

    Once mended, the file can be imported as it is: the mapping looks for its columns
    by name, and ours are not read back. A second round leaves no old reason behind.
    """
    columns = [column for column in file.columns if not column.startswith(NOTE)]
    ours = (_("line in the file"), _("column to correct"), _("reason"))
    header = (*(f"{NOTE}\u00a0: {title}" for title in ours), *columns)
    rows = (
        (row.line, row.column, row.reason, *(row.cells[column] for column in columns))
        for row in file.rows
        if isinstance(row, RefusedRow)
    )
    return csv_blocks(header, rows)


def set_aside(file: AnswerFile, campaign: Campaign) -> Path:
    """Write the refused rows in the run-time folder; the path to give to the user."""
    folder = Path(settings.VAR_DIR) / "quarantine"
    folder.mkdir(parents=True, exist_ok=True)
    moment = timezone.now().strftime("%Y%m%d-%H%M%S")
    path = folder / f"{campaign.slug}-{moment}.csv"
    with path.open("w", encoding="utf-8", newline="") as written:
        path.chmod(0o600)
        written.writelines(blocks(file))
    return path
