"""A roadmap written by several hands: nothing is overwritten without being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, QuerySet

from jalons.accounts.models import User
from jalons.actors.models import Actor, key_of
from jalons.actors.operations import take_actors
from jalons.audit import operations as audit
from jalons.roadmaps.models import (
    Action,
    BudgetLine,
    Line,
    Roadmap,
    Stake,
    Versioned,
    Workstream,
)
from jalons.roadmaps.revising import keep_line, remember, written
from jalons.roadmaps.standing import keep_status, status_stored
from jalons.spaces.models import Space
from jalons.territories.models import Territory

Row = Stake | Workstream | Action
Lines = Mapping[Line.Kind, Sequence[str]]


class ChangedMeanwhile(Exception):
    """Somebody else changed the same thing since it was opened; `stored` is theirs."""

    def __init__(self, stored: Versioned) -> None:
        super().__init__(str(stored))
        self.stored = stored


class RemovedMeanwhile(Exception):
    """Somebody else removed the line since it was opened."""


class StillHolds(Exception):
    """A stake with workstreams, or a workstream with actions, is not removed."""


@dataclass(frozen=True, slots=True)
class Budgeted:
    """What a funder brings; None is an amount still to be costed."""

    funder: str
    amount: Decimal | None


@transaction.atomic
def start_roadmap(
    roadmap: Roadmap,
    *,
    perimeter: Iterable[Territory],
    group: Iterable[Actor],
    invited: Sequence[Actor] = (),
    by: User,
) -> Roadmap:
    """A new roadmap, with whom it covers and its project group.

    `invited` are organisations of the directory, which first join the actor table.
    Where all that it may take up is invented, so is what it makes of it.
    """
    roadmap.is_simulated |= _holds_only_examples(roadmap.space)
    roadmap.created_by = by
    roadmap.save()
    roadmap.perimeter.set(perimeter)
    if invited:
        take_actors(roadmap.space, invited, by=by)
    keys = [key_of(one.name) for one in invited]
    roadmap.group.set([*group, *roadmap.space.actors.at_work().filter(key__in=keys)])
    audit.record("roadmap.started", roadmap, by=by)
    return roadmap


def _holds_only_examples(space: Space) -> bool:
    held = [
        is_invented
        for rows in (space.diagnoses, space.meetings, space.resource_maps)
        for is_invented in rows.values_list("is_simulated", flat=True)
    ]
    return bool(held) and all(held)


@transaction.atomic
def save_roadmap(
    roadmap: Roadmap,
    *,
    perimeter: Iterable[Territory],
    group: Iterable[Actor],
    version: int,
    by: User,
) -> None:
    """Keep its sheet as it was changed from this version. Raises ChangedMeanwhile."""
    claim(roadmap, version)
    roadmap.save()
    roadmap.perimeter.set(perimeter)
    roadmap.group.set(group)
    audit.record("roadmap.changed", roadmap, by=by)


@transaction.atomic
def add_stake(roadmap: Roadmap, text: str, *, by: User) -> Stake:
    hold(roadmap)
    stake = Stake.objects.create(
        roadmap=roadmap, text=text, position=next_position(roadmap.stakes.all())
    )
    note("roadmap.stake_added", stake, roadmap, by)
    return stake


@transaction.atomic
def save_stake(stake: Stake, *, version: int, by: User) -> None:
    """Keep a stake as it was worded from this version. Raises ChangedMeanwhile."""
    claim(stake, version)
    stake.save()
    note("roadmap.stake_changed", stake, stake.roadmap, by)


@transaction.atomic
def add_workstream(workstream: Workstream, lines: Lines, *, by: User) -> Workstream:
    """A new workstream under its stake, with its lines."""
    roadmap = hold(workstream.stake.roadmap)
    workstream.position = next_position(workstream.stake.workstreams.all())
    workstream.save()
    write_lines(workstream, lines, roadmap.space)
    note("roadmap.workstream_added", workstream, roadmap, by)
    return workstream


@transaction.atomic
def save_workstream(
    workstream: Workstream, lines: Lines, *, version: int, by: User
) -> None:
    """Keep a workstream and its lines. Raises ChangedMeanwhile."""
    claim(workstream, version)
    workstream.save()
    roadmap = workstream.stake.roadmap
    write_lines(workstream, lines, roadmap.space)
    note("roadmap.workstream_changed", workstream, roadmap, by)


@transaction.atomic
def add_action(action: Action, budget: Sequence[Budgeted], *, by: User) -> Action:
    """A new action of its workstream, with its budget."""
    roadmap = hold(action.workstream.stake.roadmap)
    action.position = next_position(action.workstream.actions.all())
    _name_lead(action, roadmap.space)
    action.save()
    _write_budget(action, budget)
    note("roadmap.action_added", action, roadmap, by)
    return action


@transaction.atomic
def save_action(
    action: Action,
    budget: Sequence[Budgeted],
    *,
    version: int,
    by: User,
    reason: str = "",
) -> None:
    """Keep an action, its budget, why its status changed. Raises ChangedMeanwhile."""
    claim(action, version)
    before = status_stored(action)
    roadmap = action.workstream.stake.roadmap
    _name_lead(action, roadmap.space)
    action.save()
    _write_budget(action, budget)
    keep_status(action, before, reason, by=by)
    note("roadmap.action_changed", action, roadmap, by)


@transaction.atomic
def remove(row: Row, *, by: User) -> None:
    """Take a line off; its source can be adopted again. Raises StillHolds."""
    roadmap = hold(roadmap_of(row))
    match row:
        case Stake():
            held, verb = row.workstreams.exists(), "roadmap.stake_removed"
        case Workstream():
            held, verb = row.actions.exists(), "roadmap.workstream_removed"
        case Action():
            held, verb = False, "roadmap.action_removed"
    if held:
        raise StillHolds(row)
    note(verb, row, roadmap, by)
    row.delete()


def roadmap_of(row: Row) -> Roadmap:
    match row:
        case Stake():
            return row.roadmap
        case Workstream():
            return row.stake.roadmap
        case Action():
            return row.workstream.stake.roadmap


def hold(roadmap: Roadmap) -> Roadmap:
    """The roadmap, kept from other writers until the end of the transaction.

    Its key may still be pointed at: whoever writes in a line adds to the history of the
    roadmap when they commit, and the two would wait for each other.
    """
    held: Roadmap = (
        Roadmap.objects.select_for_update(of=("self",), no_key=True)
        .select_related("space")
        .get(pk=roadmap.pk)
    )
    return held


def note(verb: str, row: Versioned, roadmap: Roadmap, by: User) -> None:
    """Who did what, in the journal; what the line became, in its history."""
    if isinstance(row, Row):
        keep_line(verb, row, roadmap, by)
    audit.record(
        verb, row, by=by, space_id=roadmap.space_id, details={"roadmap": roadmap.pk}
    )


def next_position(
    rows: QuerySet[Stake] | QuerySet[Workstream] | QuerySet[Action],
) -> int:
    """After the last one."""
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def write_lines(workstream: Workstream, lines: Lines, space: Space) -> None:
    """The lines as they are said; one that did not change stays the same row."""
    known = {(one.kind, one.text): one.pk for one in workstream.lines.all()}
    bodies = {one.key: one for one in space.actors.at_work()}
    kept = []
    for kind, texts in lines.items():
        for position, text in enumerate(dict.fromkeys(texts), start=1):
            pk = known.get((kind.value, text))
            row = Line(pk=pk, workstream=workstream, kind=kind, text=text)
            row.position, row.body = position, bodies.get(_key(text))
            row.save()
            kept.append(row.pk)
    workstream.lines.exclude(pk__in=kept).delete()


def _key(text: str) -> str:
    """How an actor named in a line is found: "Centre social (leads)" is one."""
    return key_of(text.partition("(")[0])


def _name_lead(action: Action, space: Space) -> None:
    found = space.actors.at_work().filter(key=_key(action.lead)).first()
    action.lead_body = found if action.lead else None


def _write_budget(action: Action, budget: Sequence[Budgeted]) -> None:
    action.budget.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(action=action, position=rank, funder=one.funder, amount=one.amount)
        for rank, one in enumerate(budget, start=1)
    )


def claim(row: Versioned, version: int) -> None:
    """Hold it as it is stored, if nobody changed it. Raises ChangedMeanwhile.

    Its place is the stored one: moving a line is no change of it.
    """
    held = type(row)._base_manager.select_for_update()
    stored = held.filter(pk=row.pk).first()
    if stored is None:
        raise RemovedMeanwhile(row)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    row.version = version + 1
    if isinstance(row, Row):
        assert isinstance(stored, Row)
        remember(written(stored, roadmap_of(stored)))
        row.position = stored.position
