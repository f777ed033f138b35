"""What a body does: who came, what was decided and what became of it; what actors sign
together; the stages of coordination and what shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jalons.community.models import News
from jalons.coordination.models import (
    Agreement,
    Body,
    Decision,
    Sitting,
    StageDone,
)
from jalons.meetings.models import Meeting
from jalons.spaces.models import Space

PUBLIC, PRIVATE = "institutionnel", "prive"
"""Colleges of data/actors: an agreement of the two counts as R8."""
Stage = StageDone.Stage
GATHERED = (Meeting.Kind.WORKSHOP, Meeting.Kind.PEERS)


@dataclass(frozen=True, slots=True)
class SittingRead:
    """A sitting: the member organisations that came, and those that did not.

    `is_told`: somebody is noted on the sheet; without it nobody is said to be absent.
    """

    sitting: Sitting
    present: Sequence[str]
    absent: Sequence[str]
    others: Sequence[str]
    is_told: bool
    decisions: Sequence[Decision]
    waiting: Sequence[Decision]


def sitting_of(sitting: Sitting) -> SittingRead:
    """Read from the sheet of its meeting, whose names are erased after a year."""
    meeting, body = sitting.meeting, sitting.body
    seats = body.group.seats.on(meeting.day).in_order()
    members = {one.actor_id: one.actor.name for one in seats}
    came = {
        one.actor_id: one.actor.name
        for one in meeting.attendees.select_related("actor")
        if one.actor is not None
    }
    before = Decision.objects.filter(
        sitting__body=body,
        sitting__meeting__starts_at__lt=meeting.starts_at,
        state=Decision.State.OPEN,
    )
    return SittingRead(
        sitting=sitting,
        present=[name for pk, name in members.items() if pk in came],
        absent=[name for pk, name in members.items() if pk not in came],
        others=[name for pk, name in came.items() if pk not in members],
        is_told=meeting.attendees.exists(),
        decisions=list(sitting.decisions.select_related("actor")),
        waiting=list(before.select_related("actor", "sitting__meeting")),
    )


def decisions_of(body: Body) -> list[Decision]:
    """Those that wait first, then those settled, in the order they were taken."""
    every = Decision.objects.filter(sitting__body=body).select_related(
        "actor", "sitting__meeting"
    )
    return sorted(every, key=lambda one: one.state != Decision.State.OPEN)


@dataclass(frozen=True, slots=True)
class AgreementRead:
    """`crosses`: a public body and a private one signed it together (R8)."""

    agreement: Agreement
    parties: Sequence[str]
    crosses: bool
    is_over: bool


def agreements_of(space: Space, *, on: date) -> list[AgreementRead]:
    return [_agreement(one, on) for one in space.agreements.prefetch_related("parties")]


def _agreement(row: Agreement, on: date) -> AgreementRead:
    parties = sorted(row.parties.all(), key=lambda one: one.key)
    colleges = {one.college for one in parties}
    return AgreementRead(
        row,
        [one.name for one in parties],
        {PUBLIC, PRIVATE} <= colleges,
        row.ends_on is not None and row.ends_on < on,
    )


@dataclass(frozen=True, slots=True)
class StageRead:
    """A stage, what the team says of it, and how many things show it here."""

    stage: Stage
    done: StageDone | None
    seen: int

    @property
    def label(self) -> str:
        return str(self.stage.label)


def stages_of(space: Space, *, at: datetime) -> list[StageRead]:
    """The three stages, in four queries; what is seen decides nothing."""
    done = {one.stage: one for one in space.stages_done.all()}
    held = space.meetings.filter(ends_at__lt=at)
    seen = {
        Stage.LEADERS: held.filter(kind=Meeting.Kind.VISIT).count(),
        Stage.WORKSHOPS: held.filter(kind__in=GATHERED).count(),
        Stage.PLATFORM: News.objects.shown().filter(space=space).count(),
    }
    return [StageRead(one, done.get(one.value), seen[one]) for one in Stage]
