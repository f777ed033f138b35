"""A file worked on some hundred rows at a time, so that each step is short.

Only `operations` calls this module: it neither authorises nor audits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from jalons.files import operations as files
from jalons.files.models import StoredFile
from jalons.imports.loaders import AnswerFile, ReadRow
from jalons.imports.models import ImportBatch, ImportedRow
from jalons.imports.opening import refused_rows
from jalons.imports.report import Report
from jalons.imports.undoing import kept_of
from jalons.surveys.models import Response
from jalons.surveys.operations import Entry, Recorded, record_block

BLOCK = 500
UNDO_DAYS = 30
"""Refused rows, and what undoing needs, are kept so long."""


def rows_by_block(file: AnswerFile, report: Report) -> Iterator[list[ReadRow]]:
    """The rows that can be recorded, some hundred at a time; the others are counted."""
    rows = iter(file.rows)
    while block := list(islice(rows, BLOCK)):
        report.row_count += len(block)
        kept: list[ReadRow] = []
        for row in block:
            if not isinstance(row, ReadRow):
                report.refuse(row)
            elif row.entry is None:
                report.unfinished += 1
            else:
                report.keep(row.entry, row.emptied)
                kept.append(row)
        yield kept


@transaction.atomic
def write_block(batch: ImportBatch, block: list[ReadRow]) -> Recorded:
    """Record some rows, and what undoes them, together or not at all."""
    entries = [_numbered(row.entry, batch) for row in block if row.entry]
    lines = {row.entry.key: row.line for row in block if row.entry}
    last = timezone.localdate() + timedelta(days=UNDO_DAYS)
    counts = Recorded(0, 0, 0)
    for changes in record_block(
        batch.campaign, entries, channel=Response.Channel.IMPORT
    ):
        until = min(last, batch.campaign.answers_kept_until)
        ImportedRow.objects.bulk_create(kept_of(batch, changes, lines, until))
        counts += changes.counts
    return counts


def _numbered(entry: Entry, batch: ImportBatch) -> Entry:
    """An answer whose weight says of which file it comes."""
    return entry if entry.given_weight is None else replace(entry, weight_file=batch.pk)


def count_resumed(batch: ImportBatch, report: Report) -> None:
    """After an interruption, the first blocks are found unchanged: they were ours."""
    created = batch.rows.filter(before__isnull=True).count()
    updated = batch.rows.count() - created
    known = report.unchanged + report.created + report.updated
    report.unchanged = max(known - created - updated, 0)
    report.created, report.updated = created, updated


def keep_refused(batch: ImportBatch) -> StoredFile | None:
    """The refused rows as a file of their own: the others need not be kept."""
    if not batch.report.get("refused"):
        return None
    name = f"{batch.campaign.slug}-lignes-ecartees.csv"
    with NamedTemporaryFile("w+", encoding="utf-8", newline="") as written:
        written.writelines(refused_rows(batch))
        written.flush()
        with Path(written.name).open("rb") as content:
            return files.receive(
                File(content, name=name),
                kind="survey-refused",
                kept_days=UNDO_DAYS,
                space_id=batch.campaign.space_id,
            )
