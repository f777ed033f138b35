"""How an answer lies in the tables, whether typed on a page or read from a file.

Only `operations` calls this module: it neither locks, nor authorises, nor audits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from jalons.accounts.models import User
from jalons.questionnaires import answers as rules
from jalons.questionnaires.answers import Answers
from jalons.questionnaires.definitions import Definition, Role
from jalons.surveys.models import Campaign, Contact, Response

CONTACTS_KEPT = timedelta(days=365)
"""The consent given with a contact says "one year at most"."""


BESIDE = ("submitted_at", "channel", "given_weight")
"""What stands beside the answers, and changes with them when a file comes again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole answer ready to be recorded; `answers` are clean (questionnaires).

    `keyed_by` and `collected_on` tell who wrote it on behalf of the person, and the
    day that person answered; `is_shared`, whether they let their territory read it;
    `channel`, how they answered when each row says it; `given_weight`, a weight
    computed elsewhere, and `weight_file` the number of its file; `started_at`, when it
    began if that is known; `is_easy`, whether it was read in the easy wording.
    """

    key: UUID
    answers: Answers
    submitted_at: datetime
    keyed_by: User | None = None
    collected_on: date | None = None
    is_shared: bool = False
    channel: Response.Channel | None = None
    given_weight: float | None = None
    weight_file: int | None = None
    started_at: datetime | None = None
    is_easy: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording whole answers changed."""

    created: int
    updated: int
    unchanged: int

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """A response not yet written, with the contacts left in it."""

    response: Response
    contacts: list[Contact]

    def says_the_same_as(self, known: Response) -> bool:
        left = {(c.question_code, c.value) for c in known.contacts.all()}
        return (
            known.answers == self.response.answers
            and all(getattr(known, f) == getattr(self.response, f) for f in BESIDE)
            and left == {(c.question_code, c.value) for c in self.contacts}
        )


def whole_answer(
    campaign: Campaign, entry: Entry, channel: Response.Channel
) -> WholeAnswer:
    response = Response(
        campaign=campaign,
        key=entry.key,
        channel=entry.channel or channel,
        started_at=entry.started_at or entry.submitted_at,
        submitted_at=entry.submitted_at,
        updated_at=timezone.now(),
        keyed_by=entry.keyed_by,
        collected_on=entry.collected_on,
        is_shared=entry.is_shared,
        given_weight=entry.given_weight,
        weight_file=entry.weight_file,
        is_easy=entry.is_easy,
    )
    return WholeAnswer(response, lay_out(response, entry.answers, language="fr"))


@dataclass(frozen=True, slots=True)
class Changes:
    """What recording whole answers would write: rows to add, rows to replace.

    `before` holds the rows known by the same keys, as they are now.
    """

    new: list[WholeAnswer]
    changed: list[WholeAnswer]
    unchanged_count: int
    before: dict[UUID, Response]

    @property
    def counts(self) -> Recorded:
        return Recorded(len(self.new), len(self.changed), self.unchanged_count)


def compare(campaign: Campaign, whole: Sequence[WholeAnswer]) -> Changes:
    """Tell what is new and what changed since the same keys were recorded."""
    keys = [answer.response.key for answer in whole]
    rows = campaign.responses.filter(key__in=keys)
    before = {row.key: row for row in rows.prefetch_related("contacts")}
    new = [answer for answer in whole if answer.response.key not in before]
    changed = []
    for answer in whole:
        known = before.get(answer.response.key)
        if known and not answer.says_the_same_as(known):
            answer.response.pk = known.pk
            changed.append(answer)
    return Changes(new, changed, len(whole) - len(new) - len(changed), before)


def write(changes: Changes) -> None:
    Response.objects.bulk_create(answer.response for answer in changes.new)
    replaced = [answer.response for answer in changes.changed]
    Response.objects.bulk_update(
        replaced,
        ["answers", "territory", "profile", "updated_at", "weight_file", *BESIDE],
    )
    Contact.objects.filter(response__in=replaced).delete()
    whole = [*changes.new, *changes.changed]
    Contact.objects.bulk_create(c for answer in whole for c in answer.contacts)


def lay_out(response: Response, answers: Answers, *, language: str) -> list[Contact]:
    """Lay clean answers in their columns; the contacts left are returned apart."""
    definition = response.campaign.version.read()
    kept, contacts = rules.split_personal(
        definition, answers, language=language, easy=response.is_easy
    )
    response.answers = kept
    response.territory_id = _answer_to(definition, "territory", kept) or None
    response.profile = _answer_to(definition, "profile", kept)
    last_day = timezone.localdate(response.updated_at) + CONTACTS_KEPT
    return [
        Contact(
            response=response,
            question_code=contact.question,
            value=contact.value,
            consent_text=contact.consent,
            consented_at=response.updated_at,
            purge_on=min(last_day, response.campaign.answers_kept_until),
        )
        for contact in contacts
    ]


def _answer_to(definition: Definition, role: Role, answers: Answers) -> str:
    question = definition.with_role(role)
    return str(answers.get(question.code, "")) if question else ""
