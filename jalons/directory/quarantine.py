"""Rows of a list that are no place, kept whole so that they can be mended."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jalons.directory.report import Refused
from jalons.files.exports import csv_blocks


def set_aside(refused: list[Refused], columns: tuple[str, ...], name: str) -> Path:
    """Write the refused rows in the run-time folder; the path to give to the user.

    Once mended the file is imported as it is: our three columns are not read.
    """
    folder = Path(settings.VAR_DIR) / "quarantine"
    folder.mkdir(parents=True, exist_ok=True)
    moment = timezone.now().strftime("%Y%m%d-%H%M%S")
    path = folder / f"{slugify(name) or 'lieux'}-{moment}.csv"
    header = (_("line in the file"), _("column to correct"), _("reason"), *columns)
    rows = (
        (one.line, one.column, one.reason, *(one.cells[column] for column in columns))
        for one in refused
    )
    with path.open("w", encoding="utf-8", newline="") as written:
        path.chmod(0o600)
        written.writelines(csv_blocks(header, rows))
    return path
