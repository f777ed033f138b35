"""The refused rows of a file of places, kept to be mended and given again."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from jalons.curation.models import UNDO_DAYS, PlaceImport
from jalons.directory.records import Records
from jalons.directory.report import Refused, Report
from jalons.files import operations as files
from jalons.files.exports import csv_blocks
from jalons.files.models import StoredFile


def keep_refused(
    batch: PlaceImport, records: Records, report: Report
) -> StoredFile | None:
    """The refused rows, with their line and the mend, to be given again."""
    if not report.refused:
        return None
    header = (_("line in the file"), _("column to correct"), _("reason"))
    blocks = csv_blocks(
        (*header, *records.columns), _rows(report.refused, records.columns)
    )
    content = ContentFile("".join(blocks).encode(), name="lignes-ecartees.csv")
    return files.receive(
        content, kind="places", kept_days=UNDO_DAYS, space_id=batch.space_id
    )


def _rows(
    refused: list[Refused], columns: tuple[str, ...]
) -> Iterator[tuple[object, ...]]:
    for one in refused:
        cells = (one.cells.get(column, "") for column in columns)
        yield (one.line, one.column, one.reason, *cells)
