"""An earlier state put back: a change like another, which the history keeps too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from jalons.accounts.models import User
from jalons.adoption.operations import save_part
from jalons.audit import operations as audit
from jalons.diagnosis.models import Finding
from jalons.roadmaps import operations
from jalons.roadmaps.models import (
    Action,
    Line,
    Origin,
    Revision,
    Roadmap,
    Stake,
    Workstream,
)
from jalons.roadmaps.operations import Budgeted, Lines
from jalons.roadmaps.revising import FIELDS, KINDS, Row, State
from jalons.surveys.models import Campaign
from jalons.workshops.models import Item

Kind = Revision.Kind
Above = TypeVar("Above", Stake, Workstream)
MODELS: Mapping[str, type[Stake] | type[Workstream] | type[Action]] = {
    Kind.STAKE: Stake,
    Kind.WORKSTREAM: Workstream,
    Kind.ACTION: Action,
}


class NothingAbove(Exception):
    """What it stood under was removed as well: that comes back first."""


class AlreadySo(Exception):
    """Nothing to put back: it says the same today."""


@transaction.atomic
def restore(revision: Revision, *, version: int, by: User) -> None:
    """Put this state back over what is written from this version.

    A line that was removed comes back, last of its list, under its own number. Raises
    ChangedMeanwhile (that of the lines, or that of the document), NothingAbove,
    AlreadySo.
    """
    roadmap = operations.hold(revision.roadmap)
    before = latest(revision)
    if revision.kind == Kind.PART:
        _restore_part(revision, roadmap, version, by)
    else:
        _restore_line(revision, roadmap, version, by)
    after = latest(revision)
    if after == before:
        raise AlreadySo(revision)
    after.fate, after.source = Revision.Fate.RESTORED, revision
    after.save(update_fields=["fate", "source"])


def latest(revision: Revision) -> Revision:
    """The last state of the same line."""
    found: Revision = (
        Revision.objects.filter(
            roadmap=revision.roadmap_id, kind=revision.kind, row=revision.row
        )
        .order_by("-pk")
        .select_related("roadmap__space")[0]
    )
    return found


def _restore_line(revision: Revision, roadmap: Roadmap, version: int, by: User) -> None:
    model = MODELS[revision.kind]
    row: Row | None = model._base_manager.filter(pk=revision.row).first()
    if row is None:
        row = _bring_back(revision, roadmap, by)
    else:
        _write_again(row, revision.state, version, by)
    audit.record("roadmap.line_restored", row, by=by, space_id=roadmap.space_id)


def _restore_part(revision: Revision, roadmap: Roadmap, version: int, by: User) -> None:
    state = revision.state
    part = save_part(
        roadmap,
        state["code"],
        words=state["words"],
        is_shown=state["is_shown"],
        version=version,
        written_from=uuid4(),
        by=by,
    )
    audit.record("document.part_restored", part, by=by, space_id=roadmap.space_id)


def _write_again(row: Row, state: State, version: int, by: User) -> None:
    """Through the same door as a form: nobody is overwritten without being read."""
    _say(row, state)
    match row:
        case Stake():
            operations.save_stake(row, version=version, by=by)
        case Workstream():
            lines = _lines(state)
            operations.save_workstream(row, lines, version=version, by=by)
        case Action():
            budget = _budget(state)
            operations.save_action(row, budget, version=version, by=by)


def _bring_back(revision: Revision, roadmap: Roadmap, by: User) -> Row:
    """The line with its own number, so that its history goes on."""
    state, number, version = revision.state, revision.row, revision.version + 1
    row: Row
    match revision.kind:
        case Kind.STAKE:
            row = Stake(pk=number, version=version, roadmap=roadmap)
            row.text = state["text"]
            row.position = operations.next_position(roadmap.stakes.all())
            row.save()
            operations.note("roadmap.stake_added", row, roadmap, by)
        case Kind.WORKSTREAM:
            stake = _above(roadmap.stakes.select_related("roadmap"), revision)
            row = Workstream(pk=number, version=version, stake=stake)
            _say(row, state)
            operations.add_workstream(row, _lines(state), by=by)
        case _:
            known = Workstream.objects.filter(stake__roadmap=roadmap)
            stream = _above(known.select_related("stake__roadmap"), revision)
            row = Action(pk=number, version=version, workstream=stream)
            _say(row, state)
            operations.add_action(row, _budget(state), by=by)
    if not isinstance(row, Action):
        _take_up_again(row, roadmap, by)
    return row


def _above(rows: QuerySet[Above], revision: Revision) -> Above:
    found: Above | None = rows.filter(pk=revision.state["above"]).first()
    if found is None:
        raise NothingAbove(revision)
    return found


def _say(row: Row, state: State) -> None:
    """Every field as the state says it."""
    for name in FIELDS[KINDS[type(row)]]:
        value = state[name]
        if name in ("starts_on", "ends_on") and value:
            value = date.fromisoformat(value)
        setattr(row, name, value)


def _lines(state: State) -> Lines:
    return {kind: state["lines"].get(kind.value, []) for kind in Line.Kind}


def _budget(state: State) -> list[Budgeted]:
    return [
        Budgeted(funder, None if amount is None else Decimal(amount))
        for funder, amount in state["budget"]
    ]


def _take_up_again(row: Stake | Workstream, roadmap: Roadmap, by: User) -> None:
    """Where it came from, unless its source was taken up again meanwhile."""
    kind = KINDS[type(row)]
    gone = Revision.objects.filter(
        roadmap=roadmap, kind=kind, row=row.pk, fate=Revision.Fate.REMOVED
    ).first()
    said = gone.state.get("origin") if gone else None
    if not said:
        return
    taken = roadmap.origins.all()
    if said["item"] and taken.filter(item=said["item"]).exists():
        return
    if said["finding"] and taken.filter(finding=said["finding"]).exists():
        return
    campaign, answer = said.get("campaign"), said.get("said", "")
    if campaign and taken.filter(campaign=campaign, said=answer).exists():
        return
    Origin.objects.create(
        roadmap=roadmap,
        stake=row if isinstance(row, Stake) else None,
        workstream=row if isinstance(row, Workstream) else None,
        item=Item.objects.filter(pk=said["item"]).first(),
        finding=Finding.objects.filter(pk=said["finding"]).first(),
        campaign=Campaign.objects.filter(pk=campaign).first(),
        said=answer,
        source=said["source"],
        words=said["words"],
        adopted_by=by,
    )
