"""What a centre may let everybody read of what it follows: counts, never a territory.

What was confided to the centre (the step of a roadmap, a contact, a pairing) is told by
its number only, and under `LEAST` not told at all; nor is a count that the others and
their total would give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalons.analysis.secrecy import PROFESSIONALS, TOTAL, protect, tally
from jalons.library.models import Sheet
from jalons.network.cockpit import Cockpit, Row
from jalons.network.models import Exchange, SharedProgress
from jalons.pairing.models import Pairing
from jalons.spaces.models import Space
from jalons.territories.models import Territory

LEAST = PROFESSIONALS
"""Teams are few people: the same least count as for professionals. Our choice."""


@dataclass(frozen=True, slots=True)
class Told:
    """Counts by code, None for one that is not told; `total` likewise."""

    counts: Mapping[str, int | None]
    total: int | None
    is_simulated: bool = False

    @property
    def is_told(self) -> bool:
        """Whether a number is left to read: a table of secrets says nothing."""
        return self.total is not None or any(self.counts.values())

    @property
    def has_secret(self) -> bool:
        return any(one is None for one in self.counts.values())


@dataclass(frozen=True, slots=True)
class Place:
    """A département, or all: its EPCI, those very vulnerable, those fragile by the
    index."""

    name: str
    epci: int
    vulnerable: int
    fragile: int


def places_of(cockpit: Cockpit) -> list[Place]:
    """From public figures alone, in the order of the codes of départements."""
    return [
        _place(here.name, [one for one in cockpit.rows if one.departement == here])
        for here in cockpit.departements
    ]


def whole_of(cockpit: Cockpit) -> Place:
    """All the EPCI followed, those of no département known among them."""
    return _place("", cockpit.rows)


def _place(name: str, rows: Sequence[Row]) -> Place:
    vulnerable = sum(one.vulnerability == "high" for one in rows)
    return Place(name, len(rows), vulnerable, sum(one.is_fragile for one in rows))


def steps_of(cockpit: Cockpit) -> Told:
    """The roadmaps that their teams let the centre see, by step (0: all done)."""
    shared = {one.pk: one for row in cockpit.rows for one in row.progress}
    counted = Counter(str(one.step) for one in shared.values())
    steps = {str(step): counted[str(step)] for step in (*range(1, 8), 0)}
    return _shielded(steps, any(_is_invented(one) for one in shared.values()))


def _is_invented(one: SharedProgress) -> bool:
    return bool(one.roadmap.is_simulated)


def support_of(space: Space) -> Told:
    """The territories that received each kind of support, each counted once a kind.

    They are not parts of a whole: one territory may receive several.
    """
    found = space.exchanges.order_by().distinct()
    rows = list(found.values_list("support", "territory", "is_simulated"))
    given: dict[str, set[str]] = {str(kind): set() for kind in Exchange.Support}
    for support, territory, _is_simulated in rows:
        given[support].add(territory)
    met = {territory for _support, territory, _is_simulated in rows}
    return Told(
        {kind: _told(len(places)) for kind, places in given.items()},
        _told(len(met)),
        any(is_simulated for *_row, is_simulated in rows),
    )


def pairings_of(space: Space) -> Told:
    """The pairings that both teams agreed to, under way or ended."""
    states = (Pairing.State.UNDER_WAY, Pairing.State.ENDED)
    found = space.pairings.filter(state__in=states)
    rows = list(found.values_list("state", "is_simulated"))
    counted = Counter(state for state, _is_simulated in rows)
    counts = {str(state): counted[state] for state in states}
    return _shielded(counts, any(is_simulated for _state, is_simulated in rows))


def sheets_of(space: Space) -> list[Sheet]:
    """Every public sheet that the document may list, in one query."""
    inside = Territory.objects.within(space.territory_id)
    kinds = Sheet.Kind
    every = Sheet.objects.public().select_related("territory")
    here = every.filter(kind__in=(kinds.INITIATIVE, kinds.STORY), territory__in=inside)
    national = every.filter(kind__in=(kinds.SCHEME, kinds.FIGURE))
    return sorted((*here, *national), key=lambda one: (one.kind, one.code))


def _told(count: int) -> int | None:
    return None if 0 < count < LEAST else count


def _shielded(counts: Mapping[str, int], is_simulated: bool) -> Told:
    """Hidden together with what would give them."""
    total = sum(counts.values())
    if 0 < total < LEAST:
        return Told(dict.fromkeys(counts), None, is_simulated)
    one = tally(["part"], {(code,): count for code, count in counts.items()})
    cells = protect([one], LEAST)[0].cells
    shown = {code: cells[(code,)].count for code in counts}
    return Told(shown, cells[(TOTAL,)].count, is_simulated)
