"""Files of figures given on a page: kept, read, confirmed or forgotten.

Imported as `from jalons.indicators import files`; reading and writing run in the
background (`tasks`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jalons.accounts.models import User
from jalons.files import operations as stored_files
from jalons.files.grid import UnreadableFile
from jalons.indicators import quarantine
from jalons.indicators.loading import load
from jalons.indicators.models import Indicator, Load, Source
from jalons.indicators.orders import Order
from jalons.indicators.producers import own
from jalons.indicators.reading import columns_of
from jalons.indicators.reports import Report
from jalons.indicators.sentences import lines_of
from jalons.spaces.models import Space

State = Load.State
SUFFIXES = (*stored_files.TABLES, ".zip")
# A file whose report nobody confirmed is forgotten after a week.
PENDING_DAYS = 7
# The rows set aside come from a file that was already taken in.
NO_LIMIT = 1 << 62


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
        kept_days=PENDING_DAYS,
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
        given_by=by,
    )


def columns(pending: Load) -> tuple[str, ...]:
    """The columns that may be named; raises UnreadableFile."""
    with pending.stored.file.open("rb") as file:
        return columns_of(cast(BinaryIO, file), pending.stored.name)


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
    }
    pending.state = State.READING
    pending.save(update_fields=["source", "vintage", "mapping", "state"])


def read(pk: int) -> None:
    """Read a file whole and keep its report; nothing is loaded."""
    _run(pk, dry_run=True, done=State.READY)


def write(pk: int) -> None:
    """Load a file whose report was confirmed."""
    _run(pk, dry_run=False, done=State.LOADED)


def _run(pk: int, *, dry_run: bool, done: State) -> None:
    pending = Load.objects.select_related("stored", "given_by").filter(pk=pk).first()
    if pending is None:
        return
    try:
        with pending.stored.file.open("rb") as file:
            report = load(
                order_of(pending),
                cast(BinaryIO, file),
                by=pending.given_by,
                dry_run=dry_run,
                on_progress=partial(_progress, pk),
            )
            if dry_run and report.has_left_out:
                _set_rows_aside(pending, cast(BinaryIO, file), report)
    except UnreadableFile as error:
        _keep(pending, State.REFUSED, [str(error)])
        return
    state = State.REFUSED if report.is_refused else done
    _keep(pending, state, lines_of(report), _rows(report))


def _set_rows_aside(pending: Load, file: BinaryIO, report: Report) -> None:
    """Keep the rows to mend beside the file, for as long as it."""
    with TemporaryFile() as written:
        for block in quarantine.blocks(order_of(pending), file, report):
            written.write(block.encode())
        written.seek(0)
        pending.refused = stored_files.receive(
            File(written, name="ecartees.csv"),
            kind="figures-refused",
            max_bytes=NO_LIMIT,
            kept_days=PENDING_DAYS,
            space_id=pending.space_id,
        )
    pending.save(update_fields=["refused"])


def order_of(pending: Load) -> Order:
    """What to load, as the form told it."""
    mapping = None
    if pending.mapping:
        mapping = own.Mapping(
            source=pending.source,
            indicator=pending.source,
            code_column=pending.mapping["code_column"],
            value_column=pending.mapping["value_column"],
            is_count=pending.mapping["unit"] in ("count", "inhabitants"),
        )
    return Order(
        pending.source,
        pending.stored.name,
        vintage=pending.vintage,
        as_shares=pending.as_shares,
        is_part=pending.is_part,
        mapping=mapping,
    )


def _progress(pk: int, rows: int) -> None:
    Load.objects.filter(pk=pk).update(rows_read=rows)


def _rows(report: Report) -> int:
    return sum(table.rows for table in report.tables)


def _keep(pending: Load, state: State, lines: list[str], rows: int = 0) -> None:
    pending.state, pending.report = state, lines
    pending.rows_read = rows or pending.rows_read
    pending.save(update_fields=["state", "report", "rows_read"])


@transaction.atomic
def confirm(pending: Load) -> None:
    """Say that the report was read: the figures are to be loaded."""
    pending.state = State.WRITING
    pending.save(update_fields=["state"])


@transaction.atomic
def drop(pending: Load) -> None:
    """Forget a file; a team's indicator that never had a figure goes with it."""
    if pending.space_id and pending.state != State.LOADED:
        unused = Source.objects.filter(
            code=pending.source, space=pending.space_id, releases=None
        )
        Indicator.objects.filter(source__in=unused).delete()
        unused.delete()
    if pending.refused is not None:
        stored_files.discard(pending.refused)
    stored_files.discard(pending.stored)
