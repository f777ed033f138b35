from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.audit import operations as audit
from jalons.coordination.models import (
    Agreement,
    Body,
    Contribution,
    Decision,
    OnlineService,
    Sitting,
    StageDone,
)
from jalons.spaces.models import Space


@transaction.atomic
def save_body(body: Body, *, by: User) -> Body:
    """Say that a group is a body, or how it works from now on."""
    body.save()
    audit.record("body.saved", body, by=by, space_id=body.group.space_id)
    return body


@transaction.atomic
def remove_body(body: Body, *, by: User) -> None:
    """The group stays, with its members; it is no body any more."""
    audit.record("body.removed", body, by=by, space_id=body.group.space_id)
    body.delete()


@transaction.atomic
def save_contribution(row: Contribution, *, by: User) -> Contribution:
    is_new = row.pk is None
    row.written_by = by
    row.save()
    verb = "contribution.noted" if is_new else "contribution.changed"
    audit.record(verb, row, by=by, space_id=row.space_id)
    return row


@transaction.atomic
def remove_contribution(row: Contribution, *, by: User) -> None:
    audit.record("contribution.removed", row, by=by, space_id=row.space_id)
    row.delete()


@transaction.atomic
def import_contributions(
    space: Space, rows: Sequence[Contribution], *, by: User
) -> None:
    """Those of a file, all or none."""
    for one in rows:
        one.space, one.written_by = space, by
    Contribution.objects.bulk_create(rows)
    details = {"count": len(rows)}
    audit.record(
        "contributions.imported", space, by=by, space_id=space.pk, details=details
    )


@transaction.atomic
def note_online_service(row: OnlineService, *, by: User) -> OnlineService:
    row.save()
    audit.record("online_service.noted", row, by=by, space_id=row.actor.space_id)
    return row


@transaction.atomic
def remove_online_service(row: OnlineService, *, by: User) -> None:
    audit.record("online_service.removed", row, by=by, space_id=row.actor.space_id)
    row.delete()


@transaction.atomic
def attach_sitting(sitting: Sitting, *, by: User) -> Sitting:
    sitting.save()
    _note_sitting("sitting.attached", sitting, by)
    return sitting


@transaction.atomic
def detach_sitting(sitting: Sitting, *, by: User) -> None:
    """The meeting stays; what was decided there goes."""
    _note_sitting("sitting.detached", sitting, by)
    sitting.delete()


@transaction.atomic
def save_decision(row: Decision, *, by: User) -> Decision:
    is_new = row.pk is None
    row.save()
    verb = "decision.written" if is_new else "decision.changed"
    space = row.sitting.body.group.space_id
    audit.record(verb, row, by=by, space_id=space, details={"state": row.state})
    return row


@transaction.atomic
def save_agreement(row: Agreement, parties: Iterable[Actor], *, by: User) -> Agreement:
    row.save()
    row.parties.set(parties)
    audit.record("agreement.saved", row, by=by, space_id=row.space_id)
    return row


@transaction.atomic
def remove_agreement(row: Agreement, *, by: User) -> None:
    audit.record("agreement.removed", row, by=by, space_id=row.space_id)
    row.delete()


@transaction.atomic
def mark_stage(
    space: Space, stage: StageDone.Stage, *, done_on: date, note: str, by: User
) -> None:
    """A stage is done, or its day or its words are mended."""
    row, _is_new = StageDone.objects.update_or_create(
        space=space, stage=stage, defaults={"done_on": done_on, "note": note}
    )
    audit.record("stage.marked", row, by=by, space_id=space.pk)


@transaction.atomic
def undo_stage(space: Space, stage: StageDone.Stage, *, by: User) -> None:
    for row in StageDone.objects.filter(space=space, stage=stage):
        audit.record("stage.undone", row, by=by, space_id=space.pk)
        row.delete()


def _note_sitting(verb: str, sitting: Sitting, by: User) -> None:
    audit.record(verb, sitting, by=by, space_id=sitting.body.group.space_id)
