"""What an answer said before a file, and how it is put back.

Only `operations` calls this module: it neither locks, nor authorises, nor audits.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NotRequired, TypedDict, cast
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from jalons.imports.models import ImportBatch, ImportedRow
from jalons.questionnaires.answers import Answers
from jalons.surveys.models import Contact, Response, Validation
from jalons.surveys.recording import BESIDE, Changes

BLOCK = 500
MOST_NAMED = 20
CHANGED = ["answers", "territory", "profile", "updated_at", "weight_file", *BESIDE]


class KeptContact(TypedDict):
    """A contact left, as it was."""

    question_code: str
    value: str
    consent_text: str
    consented_at: str
    purge_on: str


class Kept(TypedDict):
    """An answer, as it was."""

    answers: Answers
    territory: str | None
    profile: str
    submitted_at: str
    contacts: list[KeptContact]
    channel: NotRequired[str]
    given_weight: NotRequired[float | None]
    weight_file: NotRequired[int | None]


class EditedSince(Exception):
    """Answers were changed after the file: undoing would lose it; they are named."""

    def __init__(self, which: list[str]) -> None:
        super().__init__(", ".join(which))
        self.which = which


def kept_of(
    batch: ImportBatch, changes: Changes, lines: dict[UUID, int], kept_until: date
) -> list[ImportedRow]:
    """One row for each answer that a block created or changed."""
    return [
        ImportedRow(
            batch=batch,
            response=answer.response,
            line=lines[answer.response.key],
            before=_as_it_is(changes.before.get(answer.response.key)),
            recorded_at=answer.response.updated_at,
            kept_until=kept_until,
        )
        for answer in (*changes.new, *changes.changed)
    ]


def edited_since(batch: ImportBatch) -> list[str]:
    """The answers changed, or validated by their EPCI, since the file was recorded."""
    rows = batch.rows.select_related("response__territory").order_by("line")
    changed = rows.exclude(response__updated_at=F("recorded_at"))
    validated = Validation.objects.filter(
        campaign=batch.campaign, validated_at__gt=batch.recorded_at
    )
    touched = rows.filter(
        Q(pk__in=changed.values("pk"))
        | Q(response__territory__in=validated.values("territory"))
    )
    message = _("line %(line)d (%(territory)s)")
    return [
        message % {"line": row.line, "territory": row.response.territory}
        for row in touched[:MOST_NAMED]
    ]


def put_back(batch: ImportBatch, *, at: datetime) -> int:
    """Put some answers back: delete those the file created, restore those it changed.

    An answer changed since then is left as it is, with what would undo it.
    """
    untouched = batch.rows.filter(response__updated_at=F("recorded_at"))
    rows = list(untouched.select_related("response").order_by("pk")[:BLOCK])
    created = [row for row in rows if row.before is None]
    changed = [row for row in rows if row.before is not None]
    Response.objects.filter(pk__in=[row.response_id for row in created]).delete()
    if changed:
        _restore(changed, at)
    batch.rows.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _restore(rows: list[ImportedRow], at: datetime) -> None:
    contacts = []
    for row in rows:
        kept = cast(Kept, row.before)
        response = row.response
        response.answers = kept["answers"]
        response.territory_id = kept["territory"]
        response.profile = kept["profile"]
        response.submitted_at = datetime.fromisoformat(kept["submitted_at"])
        response.channel = kept.get("channel", response.channel)
        response.given_weight = kept.get("given_weight")
        response.weight_file = kept.get("weight_file")
        response.updated_at = at
        contacts += [_contact(response, one) for one in kept["contacts"]]
    Response.objects.bulk_update([row.response for row in rows], CHANGED)
    Contact.objects.filter(response__in=[row.response for row in rows]).delete()
    Contact.objects.bulk_create(contacts)


def _as_it_is(known: Response | None) -> Kept | None:
    if known is None or known.submitted_at is None:
        return None
    return Kept(
        answers=known.answers,
        territory=known.territory_id,
        profile=known.profile,
        submitted_at=known.submitted_at.isoformat(),
        contacts=[
            KeptContact(
                question_code=contact.question_code,
                value=contact.value,
                consent_text=contact.consent_text,
                consented_at=contact.consented_at.isoformat(),
                purge_on=contact.purge_on.isoformat(),
            )
            for contact in known.contacts.all()
        ],
        channel=known.channel,
        given_weight=known.given_weight,
        weight_file=known.weight_file,
    )


def _contact(response: Response, kept: KeptContact) -> Contact:
    return Contact(
        response=response,
        question_code=kept["question_code"],
        value=kept["value"],
        consent_text=kept["consent_text"],
        consented_at=datetime.fromisoformat(kept["consented_at"]),
        purge_on=date.fromisoformat(kept["purge_on"]),
    )
