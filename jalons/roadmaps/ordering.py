"""The order of the lines, and under which line each one stands."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from jalons.accounts.models import User
from jalons.roadmaps.models import Action, Roadmap, Stake, Workstream
from jalons.roadmaps.operations import (
    RemovedMeanwhile,
    Row,
    hold,
    note,
    roadmap_of,
)

Above = Roadmap | Stake | Workstream


class NotUnderIt(ValueError):
    """A workstream stands under a stake, an action under a workstream."""


@transaction.atomic
def move(row: Row, *, up: bool, by: User) -> bool:
    """Before the one above, or after the one below; False at the end of its list.

    Raises RemovedMeanwhile.
    """
    roadmap = hold(roadmap_of(row))
    rows: list[Row] = list(_under(above(row)))
    place = _rank_of(row, rows)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    _renumber(rows)
    note("roadmap.reordered", row, roadmap, by)
    return True


@transaction.atomic
def put(row: Row, under: Above, *, rank: int | None = None, by: User) -> bool:
    """Under this line, at this rank or last; False where it stands already.

    Raises RemovedMeanwhile, NotUnderIt.
    """
    roadmap = hold(roadmap_of(row))
    if not _fits(row, under) or _roadmap_of(under) != roadmap:
        raise NotUnderIt(under)
    here: list[Row] = list(_under(above(row)))
    place = _rank_of(row, here)
    there = [one for one in _under(under) if one.pk != row.pk]
    wanted = len(there) if rank is None else min(max(rank, 0), len(there))
    if under == above(row) and wanted == place:
        return False
    _stand(row, under)
    there.insert(wanted, row)
    _renumber(there)
    note("roadmap.reordered", row, roadmap, by)
    return True


def above(row: Row) -> Above:
    """The line under which it stands; a stake stands under the roadmap itself."""
    match row:
        case Stake():
            return row.roadmap
        case Workstream():
            return row.stake
        case Action():
            return row.workstream


def _fits(row: Row, under: Above) -> bool:
    return type(under) is type(above(row))


def _roadmap_of(under: Above) -> Roadmap:
    return under if isinstance(under, Roadmap) else roadmap_of(under)


def _under(
    under: Above,
) -> QuerySet[Stake] | QuerySet[Workstream] | QuerySet[Action]:
    """The lines that stand there, in their order."""
    match under:
        case Roadmap():
            return under.stakes.all()
        case Stake():
            return under.workstreams.all()
        case Workstream():
            return under.actions.all()


def _rank_of(row: Row, rows: list[Row]) -> int:
    place = next((rank for rank, one in enumerate(rows) if one.pk == row.pk), None)
    if place is None:
        raise RemovedMeanwhile(row)
    return place


def _stand(row: Row, under: Above) -> None:
    """Its place alone is written: what it says may have changed meanwhile."""
    if isinstance(row, Workstream) and isinstance(under, Stake):
        row.stake = under
        Workstream.objects.filter(pk=row.pk).update(stake=under)
    if isinstance(row, Action) and isinstance(under, Workstream):
        row.workstream = under
        Action.objects.filter(pk=row.pk).update(workstream=under)


def _renumber(rows: list[Row]) -> None:
    for rank, one in enumerate(rows, start=1):
        type(one)._base_manager.filter(pk=one.pk).update(position=rank)
