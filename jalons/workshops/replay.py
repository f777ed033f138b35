"""A workshop played again, moment by moment, as its projector showed it.

Votes are counted as they stood when each moment ended, from the ledger. What a person
took back, and what was set aside, is not shown again; ideas are gathered, points on
paper added up, tables and maps written, as they are now. The change from one scale to
another is left out: it would take two moments. Nothing is written: what was hidden from
the room is hidden here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jalons.workshops import screens
from jalons.workshops.models import Moment, Workshop
from jalons.workshops.screens import Board


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment among the others, and what the room had before its eyes at its end."""

    number: int
    moments: Sequence[Moment]
    ended_at: datetime | None
    board: Board

    @property
    def moment(self) -> Moment:
        return self.moments[self.number - 1]

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.number < len(self.moments) else 0


def moments_of(workshop: Workshop) -> list[Moment]:
    """What the projector turned to, in order; one query."""
    return list(workshop.moments.select_related("activity__map", "activity__workshop"))


def scene_of(workshop: Workshop, moments: Sequence[Moment], number: int) -> Scene:
    """The moment of this number, from 1. Raises IndexError."""
    if not 1 <= number <= len(moments):
        raise IndexError(number)
    moment = moments[number - 1]
    following = moments[number : number + 1]
    ended_at = following[0].began_at if following else None
    return Scene(number, moments, ended_at, _board(workshop, moment, ended_at))


def _board(workshop: Workshop, moment: Moment, at: datetime | None) -> Board:
    activity = moment.activity
    if activity is not None:
        activity.phase, activity.round = moment.phase, moment.round
        activity.results_shown, activity.in_plenary = (
            moment.results_shown,
            moment.in_plenary,
        )
        activity.seen_at = at
        activity.workshop = workshop
    return screens.projected(workshop, activity, screens.Listening("", 0), at=at)
