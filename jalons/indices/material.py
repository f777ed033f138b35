"""The figures an index needs, as one table for the formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from jalons.analysis.observations import Figures
from jalons.indicators.models import Observation
from jalons.territories.models import Territory

INHERITED = (Observation.Status.INHERITED, Observation.Status.IMPUTED)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Territories by code with their names, and the figures that are known of them."""

    names: dict[str, str]
    figures: Figures


def material(
    territories: Sequence[QuerySet[Territory]], indicators: Sequence[str]
) -> Material:
    """The latest value of each indicator for every territory of the sets."""
    people: dict[str, float] = {}
    names: dict[str, str] = {}
    for each in territories:
        for code, name, population in each.values_list("code", "name", "population"):
            names[code], people[code] = name, float(population or 0)
    codes = tuple(sorted(names))
    values, imputed = _values(territories, codes, indicators)
    inhabitants = np.array([people[code] for code in codes])
    figures = Figures(codes, tuple(indicators), values, inhabitants, imputed)
    return Material(names, figures)


def _values(
    territories: Sequence[QuerySet[Territory]],
    codes: Sequence[str],
    indicators: Sequence[str],
) -> tuple[np.ndarray, np.ndarray]:
    """Territories × indicators; a later release replaces an earlier one."""
    rows = {code: at for at, code in enumerate(codes)}
    columns = {code: at for at, code in enumerate(indicators)}
    values = np.full((len(rows), len(columns)), np.nan)
    imputed = np.zeros(values.shape, dtype=bool)
    for each in territories:
        found = (
            Observation.objects.filter(
                indicator__in=columns, territory__in=each.order_by()
            )
            .order_by("release__vintage", "release_id")
            .values_list("territory_id", "indicator_id", "value", "status")
        )
        for territory, indicator, value, status in found.iterator():
            place = rows[territory], columns[indicator]
            values[place] = np.nan if value is None else value
            imputed[place] = status in INHERITED
    return values, imputed
