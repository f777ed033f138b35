"""What a line was after each writing: nothing that was kept once is lost.

Each writing adds one revision in its own transaction, when something changed; the first
one of a line written before there was a history is what it was until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from jalons.accounts.models import User
from jalons.roadmaps.models import Action, Origin, Revision, Roadmap, Stake, Workstream

Kind = Revision.Kind
Fate = Revision.Fate
Row = Stake | Workstream | Action
State = dict[str, Any]
KINDS: Mapping[type[models.Model], Kind] = {
    Stake: Kind.STAKE,
    Workstream: Kind.WORKSTREAM,
    Action: Kind.ACTION,
}
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.STAKE: ("text",),
    Kind.WORKSTREAM: (
        *("title", "success", "is_transversal", "is_strategic", "is_feasible"),
        *("feasibility", "tags"),
    ),
    Kind.ACTION: (
        *("description", "lead", "partners", "referent", "starts_on", "ends_on"),
        *("status", "steps", "resources", "indicators", "feasibility", "needs"),
    ),
}
"""What somebody wrote in a line; its place among the others is no part of it."""
FATES: Mapping[str, Fate] = {
    "roadmap.stake_added": Fate.WRITTEN,
    "roadmap.stake_adopted": Fate.WRITTEN,
    "roadmap.stake_removed": Fate.REMOVED,
    "roadmap.workstream_added": Fate.WRITTEN,
    "roadmap.workstream_adopted": Fate.WRITTEN,
    "roadmap.workstream_removed": Fate.REMOVED,
    "roadmap.action_added": Fate.WRITTEN,
    "roadmap.action_removed": Fate.REMOVED,
    "roadmap.reordered": Fate.MOVED,
}
"""By verb of the journal; any other one changes the line."""
TOLD_EVEN_UNCHANGED = (Fate.MOVED, Fate.REMOVED)
SITTING = timedelta(minutes=5)
"""A page that keeps by itself what is typed leaves one state in this time."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line, or a text of the document, as it is to be kept."""

    roadmap: Roadmap
    kind: Kind
    row: int
    version: int
    state: State

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        return Revision.objects.filter(
            roadmap=self.roadmap, kind=self.kind, row=self.row
        )


def written(row: Row, roadmap: Roadmap) -> Written:
    """The line as it is stored."""
    return Written(roadmap, KINDS[type(row)], row.pk, row.version, state_of(row))


def state_of(row: Row) -> State:
    """What a line says, in plain values, and under which line it stands."""
    fields = FIELDS[KINDS[type(row)]]
    state: State = {name: getattr(row, name) for name in fields}
    match row:
        case Stake():
            return state
        case Workstream():
            lines = row.lines.order_by("position", "pk")
            said: dict[str, list[str]] = {}
            for kind, text in lines.values_list("kind", "text"):
                said.setdefault(kind, []).append(text)
            return state | {"above": row.stake_id, "lines": said}
        case Action():
            for name in ("starts_on", "ends_on"):
                state[name] = state[name].isoformat() if state[name] else None
            known = row.budget.order_by("position", "pk")
            budget = [
                [funder, None if amount is None else str(amount)]
                for funder, amount in known.values_list("funder", "amount")
            ]
            return state | {"above": row.workstream_id, "budget": budget}


def remember(one: Written) -> None:
    """What was stored before there was a history, if there is none yet."""
    if not one.revisions.exists():
        _add(one, Fate.KNOWN, None)


def keep_line(verb: str, row: Row, roadmap: Roadmap, by: User) -> None:
    """The line as it is stored after this verb of the journal.

    It is read again and held: somebody may have written in it since it was opened.
    """
    held = type(row)._base_manager.select_for_update()
    stored = held.filter(pk=row.pk).first()
    if stored is None:
        return
    fate, one = FATES.get(verb, Fate.CHANGED), written(stored, roadmap)
    if fate is Fate.REMOVED:
        one.state["origin"] = _origin_of(stored)
    keep(one, fate, by)


def keep(
    one: Written, fate: Fate, by: User, *, written_from: UUID | None = None
) -> Revision | None:
    """One more revision, if it tells something that the one before does not."""
    last = one.revisions.first()
    if last is None:
        is_new = fate is Fate.WRITTEN
        return _add(
            one, fate if is_new else Fate.KNOWN, by if is_new else None, written_from
        )
    if last.state == one.state and fate not in TOLD_EVEN_UNCHANGED:
        return None
    if _goes_on(last, one, by, written_from):
        last.state, last.version = one.state, one.version
        last.save(update_fields=["state", "version"])
        return last
    return _add(one, fate, by, written_from)


def _add(
    one: Written, fate: Fate, by: User | None, written_from: UUID | None = None
) -> Revision:
    made: Revision = Revision.objects.create(
        roadmap=one.roadmap,
        kind=one.kind,
        row=one.row,
        version=one.version,
        fate=fate,
        state=one.state,
        written_at=timezone.now(),
        written_by=by,
        written_from=written_from,
    )
    return made


def _goes_on(last: Revision, one: Written, by: User, written_from: UUID | None) -> bool:
    """Whether one page goes on writing what it kept a moment ago.

    What loses half of its words is told apart, so that they are found again.
    """
    if written_from is None or last.written_from != written_from:
        return False
    is_shorter = 2 * _length(one.state) < _length(last.state)
    is_recent = timezone.now() - last.written_at < SITTING
    return last.written_by_id == by.pk and is_recent and not is_shorter


def _length(state: State) -> int:
    return sum(len(one) for one in state.values() if isinstance(one, str))


def _origin_of(row: Row) -> State | None:
    """Where it was taken from, so that it comes back with the line."""
    if isinstance(row, Action):
        return None
    found = Origin.objects.filter(**{KINDS[type(row)].value: row}).first()
    if found is None:
        return None
    return {
        "item": found.item_id,
        "finding": found.finding_id,
        "campaign": found.campaign_id,
        "said": found.said,
        "source": found.source,
        "words": found.words,
    }
