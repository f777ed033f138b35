"""INSEE, communal density grid in seven levels: CODGEO, DENS (or the tidy names)."""

from __future__ import annotations

import re
from collections.abc import Collection

from jalons.indicators.producers.layouts import (
    COMMUNE_COLUMNS,
    Kind,
    Layout,
    Measure,
    find,
)

LEVELS = tuple("1234567")


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its level; the vintage is not in the file."""
    code = find(columns, *COMMUNE_COLUMNS)
    level = find(columns, "dens", "densite_7", "dens7")
    if not code or not level:
        return None
    people = _population(columns)
    below = (people,) if people else ()
    return Layout(
        source="density_grid",
        code_column=code,
        measures=tuple(
            Measure(f"density_{one}", Kind.LEVEL, (level,), below, level=one)
            for one in LEVELS
        ),
    )


def _population(columns: Collection[str]) -> str:
    """PMUN19, population_2019: weights of the communes that merged since."""
    pattern = re.compile(r"(pmun|population_?)(\d\d)?\d\d", re.IGNORECASE)
    return next((column for column in columns if pattern.fullmatch(column)), "")
