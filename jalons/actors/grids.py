"""The two tables that a team fills in, actor by actor: roles, and channels.

Both are read, filled in, printed and gathered from paper by the same pages; each says
its columns, its levels and where its cells are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jalons.actors.models import Actor, ChannelUsed, Level, Reach, RoleHeld
from jalons.actors.vocabulary import Explained, read_vocabulary

Cells = dict[tuple[int, str], str]
"""What was stated, by actor and by column."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One of the tables actor × column; `marks` are its levels in one letter."""

    name: str
    title: str | Promise
    model: type[RoleHeld] | type[ChannelUsed]
    column: str
    levels: type[models.TextChoices]
    marks: Mapping[str, str | Promise]

    @property
    def entries(self) -> Mapping[str, Explained]:
        known = read_vocabulary()
        return known.roles if self.column == "role" else known.channels

    def cells_of(self, actors: Iterable[Actor]) -> Cells:
        """What these actors stated, those of one query."""
        held = self.model._base_manager.filter(actor__in=list(actors))
        rows = held.values_list("actor_id", self.column, "level")
        return {(actor, code): level for actor, code, level in rows}


ROLES = Grid(
    name="roles",
    title=_("Who does what, and how far?"),
    model=RoleHeld,
    column="role",
    levels=Level,
    marks={
        Level.DOES: pgettext_lazy("letter on paper: does it", "D"),
        Level.TAKES_PART: pgettext_lazy("letter on paper: takes part", "P"),
        Level.REFERS: pgettext_lazy("letter on paper: refers elsewhere", "R"),
    },
)
CHANNELS = Grid(
    name="visibilite",
    title=_("How are the actors made known?"),
    model=ChannelUsed,
    column="channel",
    levels=Reach,
    marks={
        Reach.IN_PLACE: pgettext_lazy("letter on paper: in place", "I"),
        Reach.PLANNED: pgettext_lazy("letter on paper: planned", "P"),
        Reach.ABSENT: pgettext_lazy("letter on paper: nothing yet", "N"),
    },
)
GRIDS = {grid.name: grid for grid in (ROLES, CHANNELS)}


def get_grid(name: str) -> Grid:
    """The table of this address, or a 404."""
    if name not in GRIDS:
        raise Http404
    return GRIDS[name]


def stated_by(actor: Actor, grid: Grid) -> list[tuple[str, str]]:
    """What one actor stated: each column it speaks of, and how far."""
    cells = grid.cells_of([actor])
    return [
        (str(entry), str(grid.levels(cells[actor.pk, code]).label))
        for code, entry in grid.entries.items()
        if cells.get((actor.pk, code)) in grid.levels.values
    ]
