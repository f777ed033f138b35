from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.curation import putting_back
from jalons.curation.models import ImportedPlace, PlaceImport, SavedColumns
from jalons.curation.opening import columns_of, opened
from jalons.curation.quarantine import keep_refused
from jalons.directory.mapping import Format, recognise
from jalons.directory.models import PlaceList
from jalons.directory.operations import (
    Change,
    ListOfOthers,
    MixedList,
    Order,
    Told,
    check_file,
    import_by_blocks,
    import_places,
)
from jalons.directory.records import Records
from jalons.directory.report import Report
from jalons.directory.writing import insert
from jalons.files import operations as files
from jalons.files.models import StoredFile
from jalons.files.tables import UnreadableFile
from jalons.spaces.models import Space

State = PlaceImport.State
SUFFIXES = (*files.TABLES, ".json", ".jsonl", ".ndjson")
UNDOES = ("batch_id", "place_id", "before", "recorded_at")
Values = Mapping[str, Mapping[str, str]]
PENDING_DAYS = 7
"""A file whose report nobody confirmed is forgotten after a week."""


class NotReady(Exception):
    """The file is not at the step where this can be done: another tab did it."""


class LaterImport(Exception):
    """A later file of the same list was recorded: it is undone first."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a team says of a file of places."""

    list_name: str
    licence: str = ""
    is_whole: bool = False
    makes_ids: bool = False


def propose_import(
    space: Space,
    upload: UploadedFile[bytes],
    services: UploadedFile[bytes] | None,
    given: Given,
    *,
    by: User,
) -> PlaceImport:
    """Keep a file aside until its report is read. Raises RefusedUpload and
    UnreadableFile, and keeps nothing then."""
    with transaction.atomic():
        stored = _receive(space, upload)
        batch = PlaceImport.objects.create(
            space=space,
            stored=stored,
            services=_receive(space, services) if services else None,
            file_name=stored.name,
            list_name=given.list_name,
            licence=given.licence,
            is_whole=given.is_whole,
            makes_ids=given.makes_ids,
            given_by=by,
        )
        columns = columns_of(batch)
        if not recognise(columns) and "nom" not in columns:
            batch.state = State.TO_MAP
            batch.save(update_fields=["state"])
        return batch


def choose_columns(batch: PlaceImport, mapping: Format) -> None:
    """Tie a file to the columns that somebody matched; it is about to be read."""
    _move(
        batch,
        (State.TO_MAP, State.CHECKED, State.FAILED),
        State.TO_CHECK,
        mapping=mapping.model_dump(mode="json"),
        problem="",
        report={},
    )


def choose_values(batch: PlaceImport, values: Values) -> None:
    """Say what values of lists mean; the file is about to be read again."""
    _move(batch, (State.CHECKED,), State.TO_CHECK, values=values, report={})


@transaction.atomic
def keep_columns(batch: PlaceImport, title: str, *, by: User) -> SavedColumns:
    """Keep the columns and values matched, for the next file of the same shape."""
    content = dict(batch.mapping)
    known = content.get("values", {})
    content["values"] = known | {
        column: known.get(column, {}) | said for column, said in batch.values.items()
    }
    saved, _is_new = SavedColumns.objects.update_or_create(
        space=batch.space, title=title, defaults={"content": content}
    )
    return saved


def check_import(batch: PlaceImport) -> None:
    """Read a file that waits, and keep its report, or why it has none."""
    try:
        with opened(batch) as records:
            report = check_file(records, _order(batch), _beating(batch))
            remarks = list(records.remarks)
    except (UnreadableFile, MixedList, ListOfOthers) as error:
        _move(batch, (State.TO_CHECK,), State.FAILED, problem=_why(error))
        return
    said = report.as_json() | {"notes": remarks}
    _move(batch, (State.TO_CHECK,), State.CHECKED, report=said)


@transaction.atomic
def confirm_import(batch: PlaceImport, *, by: User) -> None:
    """Ask for a file whose report was read to be recorded."""
    _move(batch, (State.CHECKED,), State.TO_RECORD, done_count=0)
    details = {"file": batch.file_name, "import": batch.pk}
    audit.record("place_import.confirmed", batch.space or batch, by=by, details=details)


def record_import(batch: PlaceImport) -> None:
    """Record a file that was confirmed, block after block, with what undoes it.

    If something prevents its end, what was recorded is put back.
    """
    if batch.state != State.TO_RECORD:
        return
    putting_back.put_back(batch)
    try:
        with opened(batch) as records:
            told = _beating(batch, keeps=True)
            report = import_by_blocks(
                records, _order(batch), by=batch.given_by, told=told
            )
            refused = keep_refused(batch, records, report)
    except (UnreadableFile, MixedList, ListOfOthers) as error:
        putting_back.put_back(batch)
        _move(batch, (State.TO_RECORD,), State.FAILED, problem=_why(error))
        return
    _finish(batch, report, refused)


@transaction.atomic
def _finish(batch: PlaceImport, report: Report, refused: StoredFile | None) -> None:
    place_list = PlaceList.objects.get(space=batch.space, name=batch.list_name)
    given = [one for one in (batch.stored, batch.services) if one]
    _move(
        batch,
        (State.TO_RECORD,),
        State.RECORDED,
        report=report.as_json(),
        refused=refused,
        place_list=place_list,
        stored=None,
        services=None,
        recorded_at=timezone.now(),
    )
    for one in given:
        files.discard(one)


@transaction.atomic
def import_at_once(
    records: Records,
    order: Order,
    *,
    by: User | None,
    on_progress: Callable[[int], None] = lambda rows: None,
) -> tuple[Report, PlaceImport | None]:
    """Record a file without a report read first, and what undoes it, if it changes a
    place. Raises as `directory.operations.import_places`, and keeps nothing then."""
    batch = PlaceImport.objects.create(
        space=order.space,
        list_name=order.name,
        licence=order.licence,
        is_whole=order.is_whole,
        makes_ids=order.makes_ids,
        file_name=records.name,
        given_by=by,
        state=State.RECORDED,
        recorded_at=timezone.now(),
    )
    report = import_places(
        records, order, by=by, on_progress=on_progress, on_change=_keeper(batch)
    )
    if not batch.rows.exists():
        batch.delete()
        return report, None
    batch.place_list = PlaceList.objects.get(space=order.space, name=order.name)
    batch.report = report.as_json()
    batch.save(update_fields=["place_list", "report"])
    return report, batch


@transaction.atomic
def undo_import(batch: PlaceImport, *, by: User | None, dry_run: bool = False) -> int:
    """Put every place back as it was before the file; how many.

    Raises NotReady, LaterImport.
    """
    later = PlaceImport.objects.filter(
        place_list=batch.place_list, state=State.RECORDED, pk__gt=batch.pk
    )
    if batch.place_list and later.exists():
        raise LaterImport(batch)
    count = batch.rows.count()
    if not count or batch.state != State.RECORDED:
        raise NotReady(batch)
    if dry_run:
        return count
    _move(batch, (State.RECORDED,), State.UNDONE, undone_at=timezone.now())
    putting_back.put_back(batch)
    details = {"file": batch.file_name, "import": batch.pk}
    audit.record("place_import.undone", batch.space or batch, by=by, details=details)
    return count


@transaction.atomic
def drop_import(batch: PlaceImport) -> None:
    """Forget a file that was not recorded. Raises NotReady."""
    droppable = (State.TO_MAP, State.CHECKED, State.FAILED)
    held = PlaceImport.objects.select_for_update().filter(state__in=droppable)
    found = held.filter(pk=batch.pk).first()
    if found is None:
        raise NotReady(batch)
    given = [one for one in (found.stored, found.services) if one]
    found.delete()
    for one in given:
        files.discard(one)


def _receive(space: Space, upload: UploadedFile[bytes]) -> StoredFile:
    return files.receive(
        upload,
        kind="places",
        suffixes=SUFFIXES,
        kept_days=PENDING_DAYS,
        space_id=space.pk,
    )


def _move(
    batch: PlaceImport, states: Iterable[str], following: str, **fields: object
) -> None:
    """Pass from one state to the next, once: a second task finds it taken."""
    rows = PlaceImport.objects.filter(pk=batch.pk, state__in=list(states))
    if not rows.update(state=following, beat_at=timezone.now(), **fields):
        raise NotReady(batch)
    batch.refresh_from_db()


def _order(batch: PlaceImport) -> Order:
    """What is added to a list marked as simulated is simulated."""
    known = PlaceList.objects.filter(space=batch.space, name=batch.list_name)
    return Order(
        is_simulated=known.filter(is_simulated=True).exists(),
        name=batch.list_name,
        space=batch.space,
        licence=batch.licence,
        is_whole=batch.is_whole,
        makes_ids=batch.makes_ids,
    )


def _beating(batch: PlaceImport, *, keeps: bool = False) -> Told:
    """Says how far the work has got, and keeps what undoes it when it records."""

    def progress(rows: int) -> None:
        PlaceImport.objects.filter(pk=batch.pk).update(
            done_count=rows, beat_at=timezone.now()
        )

    return Told(progress, _keeper(batch) if keeps else lambda changes: None)


def _keeper(batch: PlaceImport) -> Callable[[list[Change]], None]:
    """Keeps what undoes a file, block after block."""

    def keep(changes: list[Change]) -> None:
        now = timezone.now()
        rows = (
            (batch.pk, one.place_pk, putting_back.as_json(one.before), now)
            for one in changes
        )
        insert(ImportedPlace, UNDOES, rows)

    return keep


def _why(error: Exception) -> str:
    if isinstance(error, MixedList):
        return _("Real places and invented ones are not put into one list.")
    if isinstance(error, ListOfOthers):
        return _(
            "The list “%(name)s” belongs to another team: choose another name."
        ) % {"name": error}
    return str(error)
