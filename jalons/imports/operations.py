from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jalons.accounts.models import User
from jalons.files import operations as files
from jalons.imports.loaders import Reading
from jalons.imports.models import PendingImport
from jalons.surveys.models import Campaign, Response
from jalons.surveys.operations import Recorded, record_responses

PENDING_DAYS = 7
"""A file whose report nobody confirmed is forgotten after a week."""


@transaction.atomic
def propose_import(
    campaign: Campaign,
    upload: UploadedFile[bytes],
    mapping: bytes,
    mapping_name: str,
    *,
    by: User,
) -> PendingImport:
    """Keep a file of answers aside until its report is read and confirmed.

    Raises files.operations.RefusedUpload.
    """
    stored = files.receive(
        upload,
        kind="survey-answers",
        suffixes=files.TABLES,
        kept_days=PENDING_DAYS,
        space_id=campaign.space_id,
    )
    return PendingImport.objects.create(
        campaign=campaign,
        stored=stored,
        mapping=mapping.decode("utf-8-sig"),
        mapping_name=mapping_name,
        given_by=by,
    )


def import_responses(
    campaign: Campaign, reading: Reading, *, by: User | None
) -> Recorded:
    """Record what was read of a file; the rows refused are left aside."""
    return record_responses(
        campaign,
        reading.entries,
        channel=Response.Channel.IMPORT,
        by=by,
        details={"file": reading.name, "refused": len(reading.refused)},
    )


@transaction.atomic
def confirm_import(pending: PendingImport, reading: Reading, *, by: User) -> Recorded:
    """Record a file whose report was read, and forget the file."""
    recorded = import_responses(pending.campaign, reading, by=by)
    files.discard(pending.stored)
    return recorded


@transaction.atomic
def drop_import(pending: PendingImport) -> None:
    """Forget a file without recording anything of it."""
    files.discard(pending.stored)
