from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from jalons.indicators.models import Observation
from jalons.territories.models import Territory

# The seven levels of the communal density grid, from the densest.
DENSITY_LEVELS = tuple(f"density_{level}" for level in range(1, 8))

Territories = QuerySet[Territory] | Iterable[Territory] | Iterable[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what is needed to read it; `value` is None for a stated reason."""

    value: float | None
    status: str
    unit: str
    vintage: str
    source: str
    """Title of the data set and its producer."""


def observations(
    indicator_ids: Iterable[str], territories: Territories
) -> dict[str, dict[str, Figure]]:
    """The latest figure of each territory, by indicator then code of territory.

    Every indicator asked for has its entry; a territory that no file mentions is
    absent, which is not the same as a figure without value.
    """
    ids = list(indicator_ids)
    rows = (
        Observation.objects.filter(indicator__in=ids, territory__in=territories)
        .select_related("indicator", "release__source")
        .order_by("release__vintage", "release_id")
    )
    figures: dict[str, dict[str, Figure]] = {code: {} for code in ids}
    for row in rows:
        figures[row.indicator_id][row.territory_id] = _figure(row)
    return figures


def latest(indicator_id: str, territories: Territories) -> Mapping[str, Figure]:
    """The latest figure of each territory for one indicator, by code."""
    return observations([indicator_id], territories)[indicator_id]


def inhabitants_by_level(territories: Territories) -> dict[str, list[float]]:
    """Inhabitants of each territory by level of the density grid, 1 to 7.

    Territories without the seven levels are left out: a class cannot be told.
    """
    levels = observations(DENSITY_LEVELS, territories)
    values = {
        code: [_value(levels[level].get(code)) for level in DENSITY_LEVELS]
        for code in levels[DENSITY_LEVELS[0]]
    }
    return {
        code: [value for value in row if value is not None]
        for code, row in values.items()
        if None not in row
    }


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _figure(row: Observation) -> Figure:
    source = row.release.source
    return Figure(
        value=row.value,
        status=row.status,
        unit=row.indicator.unit,
        vintage=row.release.vintage,
        source=f"{source.title}, {source.producer}",
    )
