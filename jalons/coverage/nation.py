"""Every commune of France at once: index and rank interval, peers, reach.

The same formulas as the pages, on the whole country: the index read against France,
peers among all communes, the nearest real place by road (the crow flies, times the
detour), and the places around for 10 000 inhabitants (E2SFCA, inhabitants counted alike
whatever their fragility). What is not loaded is missing, and counted in the report.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import gettext as _

from jalons.analysis.alike import Alike
from jalons.analysis.catchment import catchment, nearest_places
from jalons.analysis.gaps import BY_ROAD
from jalons.analysis.reach import DETOUR, Array, Ring
from jalons.coverage.figures import PER
from jalons.coverage.measuring import real_places
from jalons.directory.models import PlaceList
from jalons.indicators import resemblance
from jalons.indices.areas import FRANCE, Area
from jalons.indices.definitions import said
from jalons.indices.figures import origins_of, results_of
from jalons.indices.models import IndexDefinition
from jalons.indices.results import Results
from jalons.territories.models import CURRENT_YEAR, Membership, Territory

Kind = Territory.Kind
NATION = Area(Kind.COMMUNE, FRANCE, FRANCE)


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; what is unknown is None, and `reason` says why it has no score.

    `ranks` are own, low, middle and high among `ranked` communes, 1 the most fragile.
    """

    code: str
    name: str
    departement: str
    people: int | None
    score: float | None
    reason: str
    ranks: tuple[int, int, int, int] | None
    ranked: int | None
    fragile_share: float | None
    peers: Sequence[tuple[str, float]]
    nearest_km: float | None
    offer: float | None


@dataclass(frozen=True, slots=True)
class Reach:
    """By code: kilometres by road to the nearest place, places for 10 000 people."""

    places: int
    lists: Sequence[str]
    km: dict[str, float]
    offer: dict[str, float]
    unplaced: Sequence[str]


@dataclass(slots=True)
class Clock:
    """Seconds of each part, in the order they were measured."""

    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)

    def lap(self, part: str) -> None:
        now = time.perf_counter()
        self.seconds[part] = round(now - self.began, 3)
        self.began = now


@dataclass(frozen=True, slots=True)
class Nation:
    communes: Sequence[Commune]
    report: dict[str, object]


def nation_of(definition: IndexDefinition) -> Nation:
    """Everything computed; nothing is written."""
    clock = Clock()
    results = results_of(definition.read().index(), NATION)
    clock.lap("index")
    alike = resemblance.of_all(Kind.COMMUNE)
    clock.lap("peers")
    reach = _reach()
    clock.lap("reach")
    communes = list(_communes(results, alike, reach))
    clock.lap("gathered")
    report = _report(definition, results, communes, reach)
    return Nation(communes, report | {"seconds": clock.seconds})


def _reach() -> Reach:
    rows = list(
        Territory.objects.communes()
        .current()
        .order_by("code")
        .values_list("code", "longitude", "latitude", "population")
    )
    unplaced = [code for code, x, _y, _n in rows if x is None]
    rows = [row for row in rows if row[1] is not None]
    codes = [row[0] for row in rows]
    points = [at for _commune, at in real_places()]
    lists = PlaceList.objects.filter(is_simulated=False).order_by("name")
    if not points:
        return Reach(0, (), {}, {}, unplaced)
    zones = np.array([row[1:3] for row in rows], dtype=np.float64).reshape(-1, 2)
    people = np.array([row[3] or 0 for row in rows], dtype=np.float64)
    km = nearest_places(zones, points).km * DETOUR
    rings = [Ring(one.within_km / DETOUR, one.weight) for one in BY_ROAD.rings]
    offer: Array = PER * catchment(zones, points, people, np.ones(len(points)), rings)
    return Reach(
        places=len(points),
        lists=tuple(lists.values_list("name", flat=True)),
        km=dict(zip(codes, km.tolist(), strict=True)),
        offer=dict(zip(codes, offer.tolist(), strict=True)),
        unplaced=unplaced,
    )


def _communes(results: Results, alike: Alike, reach: Reach) -> Iterator[Commune]:
    within = Membership.objects.filter(
        group__kind=Kind.DEPARTEMENT, member__kind=Kind.COMMUNE, until=None
    )
    departement = dict(within.values_list("member", "group"))
    every = Territory.objects.communes().current()
    people = dict(every.values_list("code", "population"))
    row_of = {code: at for at, code in enumerate(alike.codes)}
    for code in results.shown:
        rank = results.rank_of(code)
        score = results.score_of(code)
        yield Commune(
            code=code,
            name=results.names[code],
            departement=departement.get(code, ""),
            people=people[code],
            score=score,
            reason=results.reason_of(code) if score is None else "",
            ranks=(rank.rank, rank.low, rank.middle, rank.high) if rank else None,
            ranked=rank.n if rank else None,
            fragile_share=rank.fragile_share if rank else None,
            peers=alike.of(row_of[code]),
            nearest_km=reach.km.get(code),
            offer=reach.offer.get(code),
        )


def _report(
    definition: IndexDefinition,
    results: Results,
    communes: Sequence[Commune],
    reach: Reach,
) -> dict[str, object]:
    """What the figures are, where they come from, and what is missing."""
    read = definition.read()
    without = Counter(one.reason for one in communes if one.score is None)
    counts = {code: results.counts_of(code) for code in results.known_counts}
    return {
        "communes": len(communes),
        "geography": CURRENT_YEAR,
        "index": {
            "code": definition.code,
            "version": definition.number,
            "title": said(read.title),
            "reviewer": read.reviewer or _("not reviewed"),
            "sources": list(origins_of(results)),
            "reference": {
                "scored": results.reference.scored,
                "covered_share": round(results.reference.covered_share, 4),
                "is_complete": results.is_reference_complete,
            },
            "without_score": dict(sorted(without.items())),
            "figures": {
                code: {
                    "published": one.published,
                    "inherited": one.inherited,
                    "missing": one.missing,
                }
                for code, one in counts.items()
            },
            "draws": results.uncertainty.draws if results.uncertainty else 0,
        },
        "peers": {
            "criteria": list(resemblance.USUAL),
            "without": sum(1 for one in communes if not one.peers),
        },
        "reach": {
            "places": reach.places,
            "lists": list(reach.lists),
            "detour": DETOUR,
            "rings_km": [one.within_km for one in BY_ROAD.rings],
            "without_coordinates": list(reach.unplaced),
        },
    }
