"""Per commune: the nearest place by period, what is offered around, and the level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.gaps import Level, Scale, level_of, needs
from jalons.analysis.periods import Period
from jalons.coverage.concerned import Concerned, concerned_of
from jalons.coverage.ground import Ground, Spot, ground_of
from jalons.coverage.models import TravelTimes
from jalons.indices.areas import usual_area
from jalons.indices.definitions import said
from jalons.indices.figures import PREFERRED, results_of
from jalons.indices.models import IndexDefinition
from jalons.search.words import alphabetical
from jalons.territories.models import Territory

Array = NDArray[np.float64]
PER = 10_000
"""People for whom the places around are counted."""
SHOWN = (Period.ANY, Period.EVENING, Period.WEEKEND)
KINDS = (Territory.Kind.EPCI, Territory.Kind.DEPARTEMENT, Territory.Kind.REGION)


@dataclass(frozen=True, slots=True)
class Reached:
    """The nearest place, and the way to it: kilometres by road, or minutes."""

    way: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune: `offer` is places for 10 000 people around, weighted by need."""

    code: str
    name: str
    people: int
    nearest: Mapping[Period, Reached | None]
    offer: float
    level: Level

    def way(self, period: Period) -> float | None:
        found = self.nearest[period]
        return found.way if found else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A territory, its communes by name, and what must be said of the measure.

    `unknown` is for each period the number of places whose hours are not known.
    `index` names the index by which need is weighted, and is empty without any;
    `unscored` communes of the territory count as the mean. `concerned` are the persons
    asked about; nothing without a figure by commune.
    """

    ground: Ground
    period: Period
    communes: Sequence[Commune]
    unknown: Mapping[Period, int]
    open_counts: Mapping[Period, int]
    index: str
    unscored: int
    concerned: Concerned | None = None

    @property
    def scale(self) -> Scale:
        return self.ground.scale

    @property
    def people(self) -> int:
        return sum(one.people for one in self.communes)

    def at(self, *levels: Level) -> list[Commune]:
        return [one for one in self.communes if one.level in levels]

    @property
    def is_simulated(self) -> bool:
        return any(one.is_simulated for one in self.ground.lists)


def people_of(communes: Sequence[Commune]) -> int:
    return sum(one.people for one in communes)


def coverage_of(
    territory: Territory,
    today: date,
    period: Period = Period.ANY,
    table: TravelTimes | None = None,
    concerned: str = "",
) -> Coverage:
    """Every commune of an EPCI, a département or a région."""
    ground = ground_of(territory, today, table)
    periods = dict.fromkeys((*SHOWN, period))
    opened = {one: ground.open_in(one) for one in periods}
    found = {one: reached(ground, rows) for one, (rows, _n) in opened.items()}
    index, scores = _fragility(ground)
    offers = _offers(ground, opened[period][0], scores)
    communes = [
        Commune(
            code=ground.zones[at].code,
            name=ground.zones[at].name,
            people=ground.zones[at].people,
            nearest={one: by_zone[at] for one, by_zone in found.items()},
            offer=float(offers[at]),
            level=_level(found[period][at], ground.scale),
        )
        for at in ground.inside
    ]
    inside = np.array(ground.inside, dtype=np.int64)
    codes = [one.code for one in communes]
    return Coverage(
        ground=ground,
        period=period,
        communes=sorted(communes, key=lambda one: alphabetical(one.name)),
        unknown={one: unknown for one, (_rows, unknown) in opened.items()},
        open_counts={one: len(rows) for one, (rows, _n) in opened.items()},
        index=index,
        unscored=int(np.isnan(scores[inside]).sum()) if index else 0,
        concerned=concerned_of(concerned, codes) if concerned else None,
    )


def reached(ground: Ground, rows: Sequence[int]) -> list[Reached | None]:
    """The nearest of some places for each zone; None when none is reached."""
    found = ground.nearest(rows)
    return [
        Reached(float(way), ground.spots[rows[at]])
        if at >= 0 and way < np.inf
        else None
        for at, way in zip(found.index.tolist(), found.km.tolist(), strict=True)
    ]


def _level(found: Reached | None, scale: Scale) -> Level:
    return level_of(found.way if found else None, scale)


def _offers(ground: Ground, rows: Sequence[int], scores: Array) -> Array:
    people = [one.people for one in ground.zones]
    return PER * ground.offers(rows, needs(people, scores))


def _fragility(ground: Ground) -> tuple[str, Array]:
    """Scores of the communes by the index, own figures only; its title when it has."""
    scores = np.full(len(ground.zones), np.nan)
    if not ground.inside:
        return "", scores
    first = Territory.objects.get(pk=ground.zones[ground.inside[0]].code)
    by_code = {one.code: one for one in IndexDefinition.objects.latest_each()}
    for code in PREFERRED:
        if code not in by_code:
            continue
        definition = by_code[code].read()
        results = results_of(definition.index(), usual_area(first))
        for at, one in enumerate(ground.zones):
            score = results.score_of(one.code)
            if score is not None and not results.is_borrowed(one.code):
                scores[at] = score
        # A weight is never negative: an index centred on zero cannot be one.
        if (
            not np.isnan(scores[np.array(ground.inside)]).all()
            and not (scores < 0).any()
        ):
            return said(definition.title), scores
    return "", np.full(len(ground.zones), np.nan)
