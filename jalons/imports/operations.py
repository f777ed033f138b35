from __future__ import annotations

from contextlib import suppress

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.files import operations as files
from jalons.files.tables import UnreadableFile
from jalons.imports import steps
from jalons.imports.blocks import (
    count_resumed,
    keep_refused,
    rows_by_block,
    write_block,
)
from jalons.imports.loaders import AnswerFile
from jalons.imports.mapping import InvalidMapping, Mapping
from jalons.imports.models import ImportBatch, SavedMapping
from jalons.imports.opening import opened
from jalons.imports.report import Report
from jalons.imports.steps import State
from jalons.imports.undoing import EditedSince as EditedSince
from jalons.imports.undoing import edited_since, put_back
from jalons.spaces.models import Space
from jalons.surveys.matrix import matrix_of
from jalons.surveys.models import Campaign, Response
from jalons.surveys.operations import (
    AlreadyClosed,
    preview_responses,
)

PENDING_DAYS = 7
"""A file whose report nobody confirmed is forgotten after a week."""


class NotReady(Exception):
    """The file is not at the step where this can be done: another tab did it."""


class CannotBeUndone(Exception):
    """What the answers said before is no longer kept, or was never recorded."""


@transaction.atomic
def propose_import(
    campaign: Campaign, upload: UploadedFile[bytes], *, by: User
) -> ImportBatch:
    """Keep a file of answers aside until its report is read and confirmed.

    Raises files.operations.RefusedUpload.
    """
    stored = files.receive(
        upload,
        kind="survey-answers",
        suffixes=(*files.TABLES, ".json"),
        kept_days=PENDING_DAYS,
        space_id=campaign.space_id,
    )
    return ImportBatch.objects.create(
        campaign=campaign, stored=stored, file_name=stored.name, given_by=by
    )


def choose_sheet(batch: ImportBatch, sheet: str) -> None:
    """Say which sheet holds the answers; what was matched is forgotten."""
    batch.header_line, batch.choices = None, {"sheet": sheet}
    batch.save(update_fields=["header_line", "choices"])


def choose_header(batch: ImportBatch, line: int) -> None:
    """Say which line of the file names its columns; what was matched is forgotten."""
    batch.header_line, batch.choices = line, {"sheet": batch.sheet}
    batch.save(update_fields=["header_line", "choices"])


def keep_choices(batch: ImportBatch, choices: dict[str, object]) -> None:
    """Remember what was chosen on a screen, to be found again when coming back."""
    batch.choices = {**batch.choices, **choices}
    batch.save(update_fields=["header_line", "choices"])


@transaction.atomic
def choose_mapping(batch: ImportBatch, content: str, name: str) -> None:
    """Tie a file to a mapping already checked; it is about to be read."""
    changed = ImportBatch.objects.filter(
        pk=batch.pk,
        state__in=(State.TO_MAP, State.CHECKED, State.FAILED, State.TO_CHECK),
    ).update(
        mapping=content,
        mapping_name=name,
        state=State.TO_CHECK,
        report={},
        problem="",
        done_count=0,
        beat_at=timezone.now(),
    )
    if not changed:
        raise NotReady(batch)
    batch.refresh_from_db()


def check_file(
    campaign: Campaign, file: AnswerFile, batch: ImportBatch | None = None
) -> Report:
    """Read a whole file and say what recording it would change; nothing is recorded."""
    report = Report.of(file)
    for block in rows_by_block(file, report):
        entries = [row.entry for row in block if row.entry]
        report.count(
            preview_responses(campaign, entries, channel=Response.Channel.IMPORT)
        )
        steps.beat(batch, report.row_count)
    return report


def check_import(batch: ImportBatch) -> None:
    """Read a file that waits, and keep its report, or the reason why it has none."""
    if not steps.take(batch, State.TO_CHECK, State.CHECKING):
        return
    try:
        with opened(batch) as file:
            report = check_file(batch.campaign, file, batch)
    except (InvalidMapping, UnreadableFile) as error:
        steps.end(batch, State.FAILED, problem=str(error))
        return
    steps.end(batch, State.CHECKED, report=report.as_json())


@transaction.atomic
def confirm_import(batch: ImportBatch, *, by: User) -> None:
    """Ask for a file whose report was read to be recorded."""
    if batch.campaign.is_closed:
        raise AlreadyClosed(batch.campaign)
    if not steps.take(batch, State.CHECKED, State.TO_RECORD):
        raise NotReady(batch)
    details = {"file": batch.file_name, "import": batch.pk}
    audit.record("import.confirmed", batch.campaign, by=by, details=details)


def resume_import(batch: ImportBatch) -> None:
    """Ask again for what a stopped task left undone; nothing is recorded twice."""
    if not batch.has_stopped(timezone.now()):
        raise NotReady(batch)
    take_back(batch)


def take_back(batch: ImportBatch) -> None:
    """Give back to the queue what a task had begun: its worker is known to be dead."""
    again = {
        State.CHECKING: State.TO_CHECK,
        State.RECORDING: State.TO_RECORD,
        State.UNDOING: State.TO_UNDO,
    }
    steps.take(
        batch, State(batch.state), again.get(State(batch.state), State(batch.state))
    )


def record_import(batch: ImportBatch) -> None:
    """Record a file that was confirmed, block after block, then keep its refused rows.

    A block is recorded whole or not at all, with what undoes it. Recording again after
    an interruption finds the first blocks unchanged and goes on.
    """
    if not steps.take(batch, State.TO_RECORD, State.RECORDING):
        return
    try:
        with opened(batch) as file:
            record_file(batch, file)
        refused = keep_refused(batch)
    except (InvalidMapping, UnreadableFile) as error:
        _stop(batch, str(error))
        return
    except AlreadyClosed:
        _stop(batch, _("The survey was closed before the file was recorded."))
        return
    with transaction.atomic():
        stored, batch.stored, batch.refused = batch.stored, None, refused
        batch.save(update_fields=["stored", "refused"])
        if stored:
            files.discard(stored)
    # Whoever opens the survey next does not wait for thousands of answers to be read.
    matrix_of(batch.campaign)


@transaction.atomic
def start_import(
    campaign: Campaign, name: str, mapping: str, *, by: User | None
) -> ImportBatch:
    """An import from a file that nobody gave on a page: a command has it at hand."""
    if campaign.is_closed:
        raise AlreadyClosed(campaign)
    return ImportBatch.objects.create(
        campaign=campaign,
        file_name=name,
        mapping=mapping,
        given_by=by,
        state=State.RECORDING,
        beat_at=timezone.now(),
    )


def record_file(batch: ImportBatch, file: AnswerFile) -> Report:
    """Record what can be read of a file, by blocks, and say so in the journal."""
    report = Report.of(file)
    for block in rows_by_block(file, report):
        report.count(write_block(batch, block))
        steps.beat(batch, report.row_count)
    count_resumed(batch, report)
    with transaction.atomic():
        steps.end(
            batch, State.RECORDED, report=report.as_json(), recorded_at=timezone.now()
        )
        details = {
            "import": batch.pk,
            "file": batch.file_name,
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "refused": report.refused,
        }
        audit.record(
            "import.recorded", batch.campaign, by=batch.given_by, details=details
        )
    return report


@transaction.atomic
def start_undoing(batch: ImportBatch, *, by: User | None) -> None:
    """Say that a file is to be undone, unless answers were changed since.

    Raises AlreadyClosed, CannotBeUndone, or EditedSince, which names the answers.
    """
    campaign = Campaign.objects.select_for_update().get(pk=batch.campaign_id)
    if campaign.is_closed:
        raise AlreadyClosed(campaign)
    if not batch.is_undoable:
        raise CannotBeUndone(batch)
    if edited := edited_since(batch):
        raise EditedSince(edited)
    count = batch.rows.count()
    if not steps.take(batch, State.RECORDED, State.TO_UNDO):
        raise CannotBeUndone(batch)
    batch.report, batch.done_count = {**batch.report, "to_undo": count}, 0
    batch.save(update_fields=["report", "done_count"])
    details = {"file": batch.file_name, "import": batch.pk, "answers": count}
    audit.record("import.undone", campaign, by=by, details=details)


def undo_import(batch: ImportBatch) -> int:
    """Put every answer back as it was before a file, block after block.

    A block is put back whole or not at all. Undoing again after an interruption goes
    on; a survey closed meanwhile, or an answer just changed, stops it with a reason.
    """
    if not steps.take(batch, State.TO_UNDO, State.UNDOING):
        return 0
    with suppress(AlreadyClosed):
        while count := _undo_block(batch):
            steps.beat(batch, batch.done_count + count)
    _end_undoing(batch)
    return batch.done_count


@transaction.atomic
def _undo_block(batch: ImportBatch) -> int:
    campaign = Campaign.objects.select_for_update().get(pk=batch.campaign_id)
    if campaign.is_closed:
        raise AlreadyClosed(campaign)
    return put_back(batch, at=timezone.now())


@transaction.atomic
def _end_undoing(batch: ImportBatch) -> None:
    """All is as before; or the file stays recorded, and says what of it is left."""
    if left := batch.rows.count():
        problem = ngettext(
            "Undoing stopped: %(n)d answer was changed, or the survey closed, "
            "meanwhile. It stays as it is.",
            "Undoing stopped: %(n)d answers were changed, or the survey closed, "
            "meanwhile. They stay as they are.",
            left,
        )
        return steps.end(batch, State.RECORDED, problem=problem % {"n": left})
    refused, batch.refused = batch.refused, None
    batch.save(update_fields=["refused"])
    if refused:
        files.discard(refused)
    return steps.end(batch, State.UNDONE, undone_at=timezone.now())


@transaction.atomic
def drop_import(batch: ImportBatch) -> None:
    """Forget a file of which nothing was recorded."""
    kept = (State.RECORDING, State.RECORDED, *ImportBatch.UNDOING, State.UNDONE)
    held = ImportBatch.objects.select_for_update().exclude(state__in=kept)
    found = held.filter(pk=batch.pk).first()
    if found is None:
        raise NotReady(batch)
    stored = found.stored
    found.delete()
    if stored:
        files.discard(stored)


@transaction.atomic
def save_mapping(
    space: Space, mapping: Mapping, content: str, title: str, *, by: User
) -> SavedMapping:
    """Keep a mapping for the next file; the same title replaces what it held."""
    saved, _is_new = SavedMapping.objects.update_or_create(
        space=space,
        title=title,
        defaults={
            "questionnaire_code": mapping.questionnaire,
            "content": content,
            "saved_at": timezone.now(),
        },
    )
    audit.record("mapping.saved", space, by=by, details={"title": title})
    return saved


@transaction.atomic
def forget_mapping(saved: SavedMapping, *, by: User) -> None:
    """Forget a mapping; the imports it served keep theirs."""
    audit.record("mapping.forgotten", saved.space, by=by, details={"t": saved.title})
    saved.delete()


def _stop(batch: ImportBatch, problem: str) -> None:
    """Say why the work ends early, and what of the file is recorded all the same."""
    if not batch.rows.exists():
        return steps.end(batch, State.FAILED, problem=problem)
    report = Report(row_count=batch.done_count)
    count_resumed(batch, report)
    more = _("Only its first rows are recorded.")
    steps.end(
        batch,
        State.RECORDED,
        problem=f"{problem} {more}",
        report=report.as_json(),
        recorded_at=timezone.now(),
    )
    return None
