from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.filling import NOTHING, Change
from jalons.actors.grids import CHANNELS, ROLES, Grid
from jalons.actors.models import Actor, PublicTable, ToldApart, key_of
from jalons.audit import operations as audit
from jalons.spaces.models import Space


class AlreadyThere(Exception):
    """An actor of the space has this name already; `actor` is that one."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(str(actor))
        self.actor = actor


@dataclass(frozen=True, slots=True)
class Filled:
    """How many cells were written, and those that somebody else had changed."""

    changed: int
    left: tuple[Change, ...]


@transaction.atomic
def add_actor(actor: Actor, *, by: User) -> Actor:
    """A new actor of the table. Raises AlreadyThere."""
    actor.key, actor.added_by = key_of(actor.name), by
    _refuse_double(actor)
    actor.save()
    audit.record("actor.added", actor, by=by)
    return actor


@transaction.atomic
def change_actor(actor: Actor, *, by: User) -> None:
    """Write what was changed in an actor. Raises AlreadyThere."""
    actor.key = key_of(actor.name)
    _refuse_double(actor)
    actor.save()
    audit.record("actor.changed", actor, by=by)


@transaction.atomic
def archive_actor(actor: Actor, *, by: User) -> None:
    """Put an actor aside: it leaves the table, and what it stated is kept."""
    if actor.archived_at is None:
        actor.archived_at = timezone.now()
        actor.save(update_fields=["archived_at"])
        audit.record("actor.archived", actor, by=by)


@transaction.atomic
def restore_actor(actor: Actor, *, by: User) -> None:
    if actor.archived_at is not None:
        actor.archived_at = None
        actor.save(update_fields=["archived_at"])
        audit.record("actor.restored", actor, by=by)


@transaction.atomic
def open_table(space: Space, *, by: User) -> None:
    """Everybody reads the actors of the space, once it is recognised."""
    _table, is_new = PublicTable.objects.get_or_create(
        space=space, defaults={"opened_by": by}
    )
    if is_new:
        audit.record("actors.opened", space, by=by, space_id=space.pk)


@transaction.atomic
def close_table(space: Space, *, by: User) -> None:
    """The members alone read them again."""
    if PublicTable.objects.filter(space=space).delete()[0]:
        audit.record("actors.closed", space, by=by, space_id=space.pk)


@transaction.atomic
def tell_apart(space: Space, ours: Actor, theirs: Actor, *, by: User) -> ToldApart:
    """They are two bodies: no more proposed, until one of them changes."""
    told, _is_new = ToldApart.objects.update_or_create(
        space=space,
        ours=ours,
        theirs=theirs,
        defaults={
            "ours_was": ours.identity,
            "theirs_was": theirs.identity,
            "told_by": by,
        },
    )
    details = {"other": theirs.pk}
    audit.record("actor.told_apart", ours, by=by, details=details)
    return told


@transaction.atomic
def take_back_apart(told: ToldApart, *, by: User) -> None:
    """They may be one again: proposed as before."""
    details = {"other": told.theirs_id}
    audit.record("actor.apart_taken_back", told.ours, by=by, details=details)
    told.delete()


@transaction.atomic
def import_actors(space: Space, actors: Sequence[Actor], *, by: User) -> int:
    """Add actors already sorted out (loaders); how many there were."""
    _write(space, actors, by)
    details = {"count": len(actors)}
    audit.record("actors.imported", space, by=by, space_id=space.pk, details=details)
    return len(actors)


@transaction.atomic
def take_actors(space: Space, actors: Sequence[Actor], *, by: User) -> int:
    """Add organisations of the directory; those whose name is there are left out."""
    known = set(space.actors.values_list("key", flat=True))
    chosen = {key_of(one.name): one for one in actors}
    new = [one for key, one in chosen.items() if key and key not in known]
    _write(space, new, by)
    details = {"count": len(new)}
    audit.record("actors.taken", space, by=by, space_id=space.pk, details=details)
    return len(new)


@transaction.atomic
def fill_in(space: Space, grid: Grid, changes: Iterable[Change], *, by: User) -> Filled:
    """Write the cells that a person changed, but those changed by somebody else.

    The space is locked meanwhile: two people who save at the same moment come one
    after the other, and the second is told what they did not see.
    """
    Space.objects.select_for_update().get(pk=space.pk)
    actors = {one.pk: one for one in space.actors.at_work()}
    now = grid.cells_of(actors.values())
    wanted = [one for one in changes if one.actor in actors]
    left = tuple(
        one
        for one in wanted
        if now.get((one.actor, one.code), NOTHING) not in (one.shown, one.chosen)
    )
    kept = [one for one in wanted if one not in left]
    for one in kept:
        _write_cell(grid, one)
    if kept:
        _record_filling(space, grid, len(kept), by)
    return Filled(len(kept), left)


def _write_cell(grid: Grid, change: Change) -> None:
    kept = grid.model._base_manager.filter(
        **{"actor": change.actor, grid.column: change.code}
    )
    if change.chosen == NOTHING:
        kept.delete()
        return
    cell = kept.first() or grid.model(actor_id=change.actor)
    setattr(cell, grid.column, change.code)
    cell.level = change.chosen
    cell.save()


def _record_filling(space: Space, grid: Grid, count: int, by: User) -> None:
    details = {"count": count}
    if grid is ROLES:
        audit.record("roles.changed", space, by=by, space_id=space.pk, details=details)
    if grid is CHANNELS:
        audit.record(
            "channels.changed", space, by=by, space_id=space.pk, details=details
        )


def _write(space: Space, actors: Sequence[Actor], by: User) -> None:
    for one in actors:
        one.space, one.key, one.added_by = space, key_of(one.name), by
    Actor.objects.bulk_create(actors)


def _refuse_double(actor: Actor) -> None:
    others = actor.space.actors.exclude(pk=actor.pk)
    if double := others.filter(key=actor.key).first():
        raise AlreadyThere(double)
