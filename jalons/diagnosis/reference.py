"""The territories with which one is compared, and their figures, kept in the cache.

An EPCI is compared with the EPCI of its région, a commune or an IRIS with those of its
département, a département or a région with all the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import QuerySet

from jalons.diagnosis import words
from jalons.diagnosis.themes import SHOWN
from jalons.indicators.figures import dated, observations, releases_read, revision
from jalons.territories.models import Territory

Kind = Territory.Kind
FORMAT = 2
"""To be raised when `Peers` changes: what is cached in an older shape is left."""
KEPT_SECONDS = 30 * 24 * 3600

Values = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Place:
    """A territory compared: what its name, and what resembling needs."""

    code: str
    name: str
    population: int | None
    area_km2: float | None


@dataclass(frozen=True, slots=True)
class Origins:
    """Of what years and of what sources some values are, each once."""

    years: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """Territories of one kind, and their known values by indicator then code.

    `origins` are those of these values, by indicator.
    """

    kind: str
    within: str
    places: Mapping[str, Place]
    values: Values
    origins: Mapping[str, Origins]

    def of(self, indicator: str) -> Mapping[str, float]:
        return self.values.get(indicator, {})

    def value(self, indicator: str, code: str) -> float | None:
        return self.of(indicator).get(code)

    @property
    def label(self) -> str:
        return words.peers(self.kind, self.within, len(self.places))


def peers_of(territory: Territory, groups: Iterable[Territory]) -> Peers:
    """Those with which the territory is compared, itself among them."""
    by_kind = {one.kind: one for one in groups}
    if territory.kind == Kind.EPCI and Kind.REGION in by_kind:
        return members(Kind.EPCI, by_kind[Kind.REGION])
    if territory.kind in (Kind.IRIS, Kind.COMMUNE) and Kind.DEPARTEMENT in by_kind:
        return members(territory.kind, by_kind[Kind.DEPARTEMENT])
    return members(territory.kind, None)


def members(kind: str, group: Territory | None) -> Peers:
    """The territories of a kind in a group, or in France."""
    key = f"diagnosis:{FORMAT}:{kind}:{group.pk if group else ''}:{revision()}"
    found: Peers | None = cache.get(key)
    if found is None:
        found = _read(kind, group)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _read(kind: str, group: Territory | None) -> Peers:
    territories = Territory.objects.filter(kind=kind)
    if group is not None:
        territories = territories.within(group)
    elif kind in (Kind.IRIS, Kind.COMMUNE, Kind.EPCI):
        # A territory that lies in no group has nobody beside it.
        territories = territories.none()
    places = {
        one.code: Place(one.code, one.name, one.population, one.area_km2)
        for one in territories.order_by("name")
    }
    figures = observations(SHOWN, territories)
    values = {
        indicator: {
            code: figure.value
            for code, figure in of_territories.items()
            if figure.value is not None and figure.status == "published"
        }
        for indicator, of_territories in figures.items()
    }
    origins = _origins(territories)
    return Peers(kind, group.name if group else "", places, values, origins)


def _origins(territories: QuerySet[Territory]) -> dict[str, Origins]:
    read = releases_read(SHOWN, territories, only_published=True)
    return {
        code: Origins(
            tuple(dict.fromkeys(dated(one.vintage) for one in releases)),
            tuple(dict.fromkeys(one.source.full_title for one in releases)),
        )
        for code, releases in read.items()
    }
