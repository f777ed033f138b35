"""One line for each change that has consequences.

An operation ends with its audit line, inside its own transaction, so that neither
exists without the other:

    @transaction.atomic
    def close_campaign(campaign: Campaign, *, by: User) -> None:
        ...
        audit.record("campaign.closed", campaign, by=by)

imported as ``from jalons.audit import operations as audit``. The verb is
``<noun>.<past participle>``, in English; screens translate it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.db import models
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.documents.languages import in_each_language

LABEL_LENGTH = 200


class Actor(Protocol):
    """Whoever acts: accounts stand above this app, so a user is known by its shape."""

    @property
    def pk(self) -> int: ...


def record(
    verb: str,
    obj: models.Model,
    *,
    by: Actor | None,
    details: Mapping[str, object] | None = None,
    space_id: int | None = None,
) -> Entry:
    """Write that `by` did `verb` to `obj`; `by` is None when the software itself did.

    The space is `space_id`, else the object's own `space_id` when it has one. Details
    are plain JSON values: what changed, never a secret nor a respondent's answer; but
    `named` says it in words, and may be said otherwise in another language.

    An object that bears a name of ours (a kind, a moment, a stage) is written in each
    language, for whoever reads the line later in theirs: `words`, in the details.
    """
    if space_id is None:
        space_id = getattr(obj, "space_id", None)
    details = dict(details or {})
    named = {"named": details["named"]} if "named" in details else {}
    told = {"label": obj, **named}
    ours, others = in_each_language(
        lambda: {name: str(one)[:LABEL_LENGTH] for name, one in told.items()}
    )
    label = ours.pop("label")
    details |= ours
    if others:
        details["words"] = others
    return Entry.objects.create(
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor_label=str(by)[:LABEL_LENGTH] if by else "",
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=label,
        space_id=space_id,
        details=details,
    )
