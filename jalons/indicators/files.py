"""Files of figures given on a page: kept, read, confirmed or forgotten.

Imported as `from jalons.indicators import files`; reading and writing run in the
background (`attempts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.files import operations as stored_files
from jalons.indicators import attempts
from jalons.indicators.guessing import guess
from jalons.indicators.models import Indicator, Load, Source
from jalons.indicators.reading import Sample, sample_of
from jalons.spaces.models import Space

State = Load.State
SUFFIXES = (*stored_files.TABLES, ".zip")


@transaction.atomic
def propose(
    upload: UploadedFile[bytes],
    *,
    by: User,
    source: str = "",
    vintage: str = "",
    as_shares: bool = False,
    is_part: bool = False,
    space: Space | None = None,
) -> Load:
    """Keep a file aside until its report is confirmed.

    That of a team has its columns named first. Raises RefusedUpload.
    """
    stored = stored_files.receive(
        upload,
        kind="figures",
        suffixes=SUFFIXES,
        kept_days=attempts.PENDING_DAYS,
        space_id=space.pk if space else None,
    )
    return Load.objects.create(
        stored=stored,
        space=space,
        source=source,
        vintage=vintage,
        as_shares=as_shares,
        is_part=is_part,
        state=State.COLUMNS if space else State.READING,
        moved_at=timezone.now(),
        given_by=by,
    )


def sample(pending: Load) -> Sample:
    """The columns that may be named, and the first rows; raises UnreadableFile."""
    with pending.stored.file.open("rb") as file:
        return sample_of(cast(BinaryIO, file), pending.stored.name)


def named(pending: Load, seen: Sample) -> dict[str, object]:
    """What was already said of a team's file, else what it seems to hold."""
    indicator = Indicator.objects.filter(pk=f"own-{pending.pk}").first()
    if indicator is None:
        return guess(pending.stored.name, seen.columns, seen.rows)
    return {
        **pending.mapping,
        "as_shares": pending.as_shares,
        "rate_of": pending.mapping.get("rate_of") or "unknown",
        "title": indicator.title["fr"],
        "limits": indicator.limits["fr"],
        "vintage": pending.vintage,
        "source_title": indicator.source.title,
        "producer": indicator.source.producer,
        "licence": indicator.source.licence,
    }


@transaction.atomic
def name_columns(pending: Load, words: Mapping[str, str]) -> None:
    """Say what a team's file holds: its indicator is made, without figures yet."""
    code = f"own-{pending.pk}"
    space = pending.space
    Source.objects.update_or_create(
        code=code,
        defaults={
            "title": words["source_title"],
            "producer": words["producer"],
            "licence": words["licence"],
            "space": space,
        },
    )
    texts = {"fr": words["title"]}
    Indicator.objects.update_or_create(
        code=code,
        defaults={
            "source_id": code,
            "title": texts,
            "question": texts,
            "limits": {"fr": words["limits"] or words["title"]},
            "unit": words["unit"],
            "direction": Indicator.Direction.NEITHER,
            "formula": "published",
            "columns": [words["value_column"]],
            "author": space.name if space else "",
        },
    )
    pending.source = code
    pending.vintage = words["vintage"]
    pending.mapping = {
        "code_column": words["code_column"],
        "value_column": words["value_column"],
        "unit": words["unit"],
        "base_column": words.get("base_column", ""),
        "rate_of": words.get("rate_of", ""),
    }
    pending.as_shares = bool(words.get("as_shares"))
    pending.state, pending.moved_at = State.READING, timezone.now()
    fields = ("source", "vintage", "mapping", "as_shares", "state", "moved_at")
    pending.save(update_fields=fields)


@transaction.atomic
def answer(pending: Load, **words: object) -> None:
    """Read a refused file again with what its report asked: nobody sends it twice.

    `words` are those of `propose`; whoever calls enqueues the task.
    """
    for name, value in words.items():
        setattr(pending, name, value)
    if pending.refused is not None:
        stored_files.discard(pending.refused)
    pending.state, pending.moved_at = State.READING, timezone.now()
    pending.attempt += 1
    pending.report, pending.rows_read, pending.refused = [], 0, None
    fields = ("state", "moved_at", "attempt", "report", "rows_read", "refused")
    pending.save(update_fields=[*words, *fields])


@transaction.atomic
def name_again(pending: Load) -> None:
    """Come back to the columns of a team's file."""
    pending.state, pending.attempt = State.COLUMNS, pending.attempt + 1
    pending.report = []
    pending.save(update_fields=["state", "attempt", "report"])


@transaction.atomic
def confirm(pending: Load) -> None:
    """Say that the report was read: the figures are to be loaded."""
    pending.state, pending.moved_at = State.WRITING, timezone.now()
    pending.save(update_fields=["state", "moved_at"])


@transaction.atomic
def drop(pending: Load, *, at: datetime) -> None:
    """Forget a file; a team's indicator that never had a figure goes with it.

    Whoever is reading it stops there. Raises StillRunning while it is written.
    """
    if pending.state == State.WRITING and not attempts.is_stalled(pending, at=at):
        raise attempts.StillRunning(pending)
    if pending.space_id and pending.state != State.LOADED:
        unused = Source.objects.filter(
            code=pending.source, space=pending.space_id, releases=None
        )
        Indicator.objects.filter(source__in=unused).delete()
        unused.delete()
    if pending.refused is not None:
        stored_files.discard(pending.refused)
    stored_files.discard(pending.stored)
