from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.coordination.models import Body, Contribution, OnlineService
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
