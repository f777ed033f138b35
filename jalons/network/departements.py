"""Département by département: what it does itself, and where its EPCI are.

A département that involves itself makes a difference (S000-25); its part is solidarity
(S000-41). What nobody noted is unknown, never none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jalons.network.cockpit import Cockpit, Row
from jalons.search.words import alphabetical
from jalons.spaces.models import Space
from jalons.surveys.models import Involvement
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class DepartementRead:
    """A département, what is known of its part, and its EPCI by name."""

    place: Territory
    involvement: Involvement | None
    rows: Sequence[Row]
    targets: int

    @property
    def answered(self) -> int:
        return sum(one.class_code is not None for one in self.rows)

    @property
    def sharing(self) -> int:
        """EPCI whose team shares how far its roadmap is."""
        return sum(bool(one.progress) for one in self.rows)

    @property
    def met(self) -> int:
        """EPCI with which something was exchanged."""
        return sum(one.last is not None for one in self.rows)


def departements_of(space: Space, cockpit: Cockpit) -> list[DepartementRead]:
    """Those of the region, by name, in one query more than the cockpit."""
    stated = {
        one.departement_id: one
        for one in space.involvements.select_related("departement")
    }
    found = []
    for place in sorted(cockpit.departements, key=lambda one: alphabetical(one.name)):
        rows = [
            one
            for one in cockpit.rows
            if one.departement and one.departement.code == place.code
        ]
        targets = sum(one.is_target(cockpit.classes) for one in rows)
        found.append(DepartementRead(place, stated.get(place.pk), rows, targets))
    return found
