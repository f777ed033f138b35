"""How an action stands: each change of status is kept with its day and its reason."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from jalons.accounts.models import User
from jalons.roadmaps.models import Action, StatusChange

STOPPED = (Action.Status.SUSPENDED, Action.Status.DROPPED)
"""Whoever writes one of these says why."""


def status_stored(action: Action) -> str:
    """The status that the action has before what is being written."""
    found: str = Action.objects.values_list("status", flat=True).get(pk=action.pk)
    return found


def is_explained(action: Action) -> bool:
    """Whether somebody said why it stands as it does, since its status last changed."""
    last = StatusChange.objects.filter(action=action).order_by("-changed_on", "-pk")
    found = last.first()
    return bool(found and found.after == action.status and found.reason)


def keep_status(
    action: Action, before: str, reason: str, *, by: User, on: date | None = None
) -> StatusChange | None:
    """One change more, when the status changed or a reason was given."""
    if before == action.status and not reason:
        return None
    made: StatusChange = StatusChange.objects.create(
        action=action,
        before=before,
        after=action.status,
        reason=reason,
        changed_on=on or timezone.localdate(),
        noted_by=by,
    )
    return made
