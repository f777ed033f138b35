"""Reading and writing a file given on a page, in the background, until it is done.

A worker may be killed, or never have started. Each attempt has a number, and tells that
it is alive each time it moves forward: without a sign of life for some minutes, the
file may be started again or forgotten. An attempt that is no longer the last one stops
by itself and writes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.files import operations as stored_files
from jalons.files.grid import UnreadableFile
from jalons.indicators import quarantine
from jalons.indicators.loading import load
from jalons.indicators.models import Load
from jalons.indicators.orders import Order
from jalons.indicators.producers import own
from jalons.indicators.reports import Report
from jalons.indicators.sentences import lines_of
from jalons.indicators.writing import Abandoned

State = Load.State
RUNNING = (State.READING, State.WRITING)
# Writing gives no sign of life, and takes seconds for the largest files.
STALLED_AFTER = timedelta(minutes=5)
# A file whose report nobody confirmed is forgotten after a week.
PENDING_DAYS = 7
# The rows set aside come from a file that was already taken in.
NO_LIMIT = 1 << 62


class StillRunning(Exception):
    """The attempt under way gives signs of life: it is left to end."""


def is_stalled(pending: Load, *, at: datetime) -> bool:
    """Whether whoever was at work on the file seems to have stopped."""
    if pending.state not in RUNNING:
        return False
    return pending.moved_at is None or pending.moved_at < at - STALLED_AFTER


@transaction.atomic
def restart(pending: Load, *, by: User | None, at: datetime) -> None:
    """Begin the stalled attempt again; what it was doing is written nowhere.

    Whoever calls enqueues the task of the new attempt. Raises StillRunning.
    """
    pending.refresh_from_db(from_queryset=Load.objects.select_for_update())
    if not is_stalled(pending, at=at):
        raise StillRunning(pending)
    Load.objects.filter(pk=pending.pk).update(
        attempt=F("attempt") + 1, moved_at=timezone.now(), rows_read=0
    )
    pending.refresh_from_db()
    audit.record("load.restarted", pending, by=by)


def read(pk: int, attempt: int) -> None:
    """Read a file whole and keep its report; nothing is loaded."""
    _run(pk, attempt, dry_run=True, done=State.READY)


def write(pk: int, attempt: int) -> None:
    """Load a file whose report was confirmed."""
    _run(pk, attempt, dry_run=False, done=State.LOADED)


def _run(pk: int, attempt: int, *, dry_run: bool, done: State) -> None:
    mine = Load.objects.filter(pk=pk, attempt=attempt, state__in=RUNNING)
    pending = mine.select_related("stored", "refused", "given_by").first()
    if pending is None:
        return
    try:
        _load(pending, dry_run=dry_run, done=done)
    except Abandoned:
        return
    except Exception:
        # Told at once, rather than after minutes of silence.
        mine.update(moved_at=None)
        raise


def _load(pending: Load, *, dry_run: bool, done: State) -> None:
    try:
        with pending.stored.file.open("rb") as file:
            report = load(
                order_of(pending),
                cast(BinaryIO, file),
                by=pending.given_by,
                dry_run=dry_run,
                on_progress=partial(_move, pending),
                still_wanted=partial(_is_wanted, pending),
            )
            if dry_run and report.has_left_out:
                _set_rows_aside(pending, cast(BinaryIO, file), report)
    except UnreadableFile as error:
        _keep(pending, State.REFUSED, [str(error)])
        return
    state = State.REFUSED if report.is_refused else done
    if all(table.state == "unchanged" for table in report.tables):
        state = State.LOADED
    _keep(pending, state, lines_of(report), sum(one.rows for one in report.tables))


def _move(pending: Load, rows: int) -> None:
    """Give a sign of life; raises Abandoned when the file waits for nobody here."""
    mine = Load.objects.filter(pk=pending.pk, attempt=pending.attempt)
    if not mine.update(rows_read=rows, moved_at=timezone.now()):
        raise Abandoned


def _is_wanted(pending: Load) -> bool:
    """Asked at the moment of writing: nobody may start again until it is written."""
    mine = Load.objects.select_for_update().filter(
        pk=pending.pk, attempt=pending.attempt
    )
    return mine.first() is not None


def _keep(pending: Load, state: State, lines: list[str], rows: int = 0) -> None:
    mine = Load.objects.filter(pk=pending.pk, attempt=pending.attempt)
    mine.update(state=state, report=lines, rows_read=rows or F("rows_read"))


def _set_rows_aside(pending: Load, file: BinaryIO, report: Report) -> None:
    """Keep the rows to mend beside the file, for as long as it."""
    if pending.refused is not None:
        # Left by an attempt that stopped just after.
        stored_files.discard(pending.refused)
    with TemporaryFile() as written:
        for block in quarantine.blocks(order_of(pending), file, report):
            written.write(block.encode())
        written.seek(0)
        refused = stored_files.receive(
            File(written, name="ecartees.csv"),
            kind="figures-refused",
            max_bytes=NO_LIMIT,
            kept_days=PENDING_DAYS,
            space_id=pending.space_id,
        )
    mine = Load.objects.filter(pk=pending.pk, attempt=pending.attempt)
    if not mine.update(refused=refused):
        stored_files.discard(refused)
        raise Abandoned


def order_of(pending: Load) -> Order:
    """What to load, as the form told it."""
    mapping = None
    if pending.mapping:
        mapping = own.Mapping(
            source=pending.source,
            indicator=pending.source,
            code_column=pending.mapping["code_column"],
            value_column=pending.mapping["value_column"],
            base_column=pending.mapping.get("base_column", ""),
            is_count=pending.mapping["unit"] in ("count", "inhabitants"),
            rate_of=pending.mapping.get("rate_of", ""),
        )
    return Order(
        pending.source,
        pending.stored.name,
        vintage=pending.vintage,
        as_shares=pending.as_shares,
        is_part=pending.is_part,
        mapping=mapping,
    )
