"""“What if I opened a place here, on Saturday mornings?”: who would gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jalons.analysis.gaps import Level, Scale, gains, level_of
from jalons.analysis.periods import Period
from jalons.coverage.figures import Reached, reached
from jalons.coverage.ground import Ground, Zone
from jalons.search.words import alphabetical
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Winner:
    """A commune nearer to the new place than to any other open then."""

    zone: Zone
    before: Reached | None
    after: float
    level_before: Level
    level_after: Level
    is_inside: bool

    @property
    def moves_up(self) -> bool:
        return self.level_before is not self.level_after


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a new place would change; `unknown` places were left out."""

    commune: Territory
    period: Period
    scale: Scale
    winners: Sequence[Winner]
    open_count: int
    unknown: int

    @property
    def people(self) -> int:
        return sum(one.zone.people for one in self.winners)

    @property
    def people_moved_up(self) -> int:
        return sum(one.zone.people for one in self.winners if one.moves_up)

    @property
    def people_beyond(self) -> int:
        return sum(one.zone.people for one in self.winners if not one.is_inside)


def simulate(ground: Ground, commune: Territory, period: Period) -> Simulation:
    """Before and after, commune by commune, those around the territory included."""
    rows, unknown = ground.open_in(period)
    before = reached(ground, rows)
    ways = [one.way if one else np.nan for one in before]
    assert commune.longitude is not None
    assert commune.latitude is not None
    point = (commune.longitude, commune.latitude)
    new = ground.ways_to(point, commune.code)
    inside = set(ground.inside)
    winners = [
        Winner(
            zone=ground.zones[one.zone],
            before=before[one.zone],
            after=one.after,
            level_before=level_of(one.before, ground.scale),
            level_after=level_of(one.after, ground.scale),
            is_inside=one.zone in inside,
        )
        for one in gains(ways, new, ground.scale)
    ]
    return Simulation(
        commune=commune,
        period=period,
        scale=ground.scale,
        winners=sorted(winners, key=lambda one: alphabetical(one.zone.name)),
        open_count=len(rows),
        unknown=unknown,
    )
