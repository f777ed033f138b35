"""INSEE, census: age, diplomas, households and families, activity, cars.

Communal files (`base-cc-…`) and files by IRIS of one year: P22_POP, P22_NSCOL15P…,
C22_MEN, C22_FAMMONO, P22_ACT1564, P22_RP_VOIT1P. Each of the five files gives its own
indicators; what is read is what the columns allow. The IRIS of a commune are added up,
and each keeps its own figures when INSEE's table of IRIS is loaded.
"""

from __future__ import annotations

from collections.abc import Collection

from jalons.indicators.producers.layouts import (
    COMMUNE_COLUMNS,
    Kind,
    Layout,
    Measure,
    find,
    full_year,
    year_of,
)

YEAR = r"[PC](\d\d)_(?:POP|NSCOL15P|MEN|FAM|ACT1564|RP)"
# For each indicator, ways of making it: kind, what is above, what is below.
WAYS: dict[str, tuple[tuple[Kind, tuple[str, ...], tuple[str, ...]], ...]] = {
    "share_65_plus": (
        (Kind.RATIO, ("P{y}_POP65P",), ("P{y}_POP",)),
        (Kind.RATIO, ("P{y}_H65P", "P{y}_F65P"), ("P{y}_POP",)),
    ),
    "below_bac": (
        (
            Kind.RATIO,
            ("P{y}_NSCOL15P_DIPLMIN", "P{y}_NSCOL15P_BEPC", "P{y}_NSCOL15P_CAPBEP"),
            ("P{y}_NSCOL15P",),
        ),
    ),
    "one_person_households": (
        (Kind.RATIO, ("C{y}_MENPSEUL",), ("C{y}_MEN",)),
        (Kind.RATIO, ("P{y}_MENPSEUL",), ("P{y}_MEN",)),
    ),
    "lone_parents": (
        (Kind.RATIO, ("C{y}_MENFAMMONO",), ("C{y}_MEN",)),
        (Kind.RATIO, ("P{y}_MENFAMMONO",), ("P{y}_MEN",)),
    ),
    "lone_parent_families": (
        (Kind.RATIO, ("C{y}_FAMMONO",), ("C{y}_FAM",)),
        (Kind.RATIO, ("P{y}_FAMMONO",), ("P{y}_FAM",)),
    ),
    "unemployment": ((Kind.RATIO, ("P{y}_CHOM1564",), ("P{y}_ACT1564",)),),
    "no_car": ((Kind.COMPLEMENT, ("P{y}_RP_VOIT1P",), ("P{y}_RP",)),),
}


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by the columns of at least one indicator."""
    digits = year_of(columns, YEAR)
    code = find(columns, *COMMUNE_COLUMNS)
    if not digits or not code:
        return None
    measures = [
        measure
        for indicator in WAYS
        if (measure := _measure(indicator, digits, columns))
    ]
    if not measures:
        return None
    parts = find(columns, "iris")
    return Layout(
        source="census",
        code_column=code,
        measures=tuple(measures),
        vintage=full_year(digits),
        part_column=parts,
        level="iris" if parts else "commune",
    )


def _measure(indicator: str, digits: str, columns: Collection[str]) -> Measure | None:
    for kind, above, below in WAYS[indicator]:
        needed = [name.format(y=digits).lower() for name in (*above, *below)]
        found = [find(columns, name) for name in needed]
        if all(found):
            return Measure(
                indicator, kind, tuple(found[: len(above)]), tuple(found[len(above) :])
            )
    return None
