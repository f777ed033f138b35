"""Votes: kept together when many come at once, each with its own refusal.

A vote is changed as long as its phase lasts: the next answer of the same person stands
in its place, the former one stays in the ledger. It carries a key of its own, so that
the same vote sent twice is kept once. What is acknowledged is committed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jalons.live import gathering
from jalons.live import operations as live
from jalons.workshops.contributing import TOO_LATE, refuse_unless_asked
from jalons.workshops.marks import Marks
from jalons.workshops.models import Activity, Ballot, Item, Participant, Workshop
from jalons.workshops.operations import WATCHERS
from jalons.workshops.refused import Refused


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person answers; `form` is that of the activity when they saw it."""

    workshop: int
    activity: int
    form: str
    participant: Participant
    marks: Marks
    key: UUID
    item: int | None

    @property
    def place(self) -> tuple[int, int | None]:
        """Where one answer counts: another one there replaces it."""
        return self.participant.pk, self.item


def cast(
    activity: Activity,
    participant: Participant,
    marks: Marks,
    *,
    key: UUID,
    item: Item | None = None,
) -> Ballot:
    """Keep an answer, once per key; it replaces the former one. Raises Refused.

    Where items are not rated one by one, one person has one answer. It is written with
    those of other people that wait, unless it is part of something else.
    """
    rated = item.pk if item is not None and activity.rates_items else None
    seen = activity.workshop_id, activity.pk, activity.form
    vote = Vote(*seen, participant, marks, key, rated)
    return gathering.keep(activity.workshop.channel, keep_votes, vote)


@transaction.atomic(savepoint=False)
def keep_votes(votes: Sequence[Vote]) -> list[Ballot | Exception]:
    """Each vote's ballot or its refusal, all of them in one transaction."""
    activities = _hold(votes)
    keys = [one.key for one in votes]
    known = {one.key: one for one in Ballot.objects.filter(key__in=keys)}
    found: list[Ballot | Exception] = []
    new: list[Ballot] = []
    for vote in votes:
        ballot = known.get(vote.key)
        try:
            if ballot is None:
                ballot = known[vote.key] = _ballot(vote, activities)
                new.append(ballot)
            elif ballot.participant_id != vote.participant.pk:
                raise Refused(_("This vote is not yours: load the page again."))
            found.append(ballot)
        except Refused as refused:
            found.append(refused)
    _write(new)
    return found


def _hold(votes: Sequence[Vote]) -> Mapping[int, Activity]:
    """The activities as they are now, their workshops held as by `contributing.hold`.

    In the order of their numbers: two processes that write never wait for each other.
    """
    held = Workshop.objects.select_for_update(no_key=True).order_by("pk")
    workshops = held.in_bulk({one.workshop for one in votes})
    found = Activity.objects.in_bulk({one.activity for one in votes})
    for one in found.values():
        one.workshop = workshops[one.workshop_id]
    return found


def _ballot(vote: Vote, activities: Mapping[int, Activity]) -> Ballot:
    """The ballot of a vote, not written yet. Raises Refused."""
    activity = activities.get(vote.activity)
    if activity is None:  # taken off the run-sheet meanwhile
        raise Refused(TOO_LATE)
    refuse_unless_asked(activity.workshop, activity, vote.participant, "votes")
    if activity.form != vote.form:
        raise Refused(_("This form is no longer valid: load the page again."))
    return Ballot(
        activity=activity,
        round=activity.round,
        participant=vote.participant,
        item_id=vote.item,
        key=vote.key,
        marks=vote.marks,
    )


def _write(ballots: Sequence[Ballot]) -> None:
    """In their order: the last of a person is the one that counts."""
    ordered = sorted(ballots, key=lambda one: one.activity_id)
    for _pk, group in groupby(ordered, key=lambda one: one.activity_id):
        _replace(list(group))
    Ballot.objects.bulk_create(ballots)
    channels = [one.activity.workshop.channel for one in ballots]
    for channel in sorted(set(channels)):
        live.tell(channel, "vote", to=WATCHERS, times=channels.count(channel))


def _replace(ballots: Sequence[Ballot]) -> None:
    """Those of one activity: what they replace, kept or new, no longer counts."""
    last = {(one.participant_id, one.item_id): one for one in ballots}
    for one in ballots:
        one.is_current = last[one.participant_id, one.item_id] is one
    former = Ballot.objects.counted(ballots[0].activity).filter(
        participant__in={one.participant_id for one in ballots}
    )
    replaced = [
        pk
        for pk, *place in former.values_list("pk", "participant_id", "item_id")
        if tuple(place) in last
    ]
    if replaced:
        Ballot.objects.filter(pk__in=replaced).update(is_current=False)
