"""INSEE, Filosofi: median standard of living and poverty rate.

Communes and EPCI, wide files: MED21 (or Q221, the median of the files of distribution)
and TP6021; PR_MD60 and MED_SL in the files of 2023. `s` is secrecy, `nd` not available.
The number of persons (NBPERSMENFISC21) is the base when the file gives it.
"""

from __future__ import annotations

from collections.abc import Collection

from jalons.indicators.producers.layouts import (
    Kind,
    Layout,
    Measure,
    find,
    full_year,
    year_of,
)

MEDIAN = r"(?:MED|Q2)(\d\d)"
POVERTY = r"TP60(\d\d)"
PERSONS = r"NBPERS(?:MENFISC)?(\d\d)"
SIREN = ("epci", "siren", "siren_epci")


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its median or its poverty rate."""
    digits = year_of(columns, MEDIAN) or year_of(columns, POVERTY)
    code = find(columns, "codgeo", "geo", "code_insee", *SIREN)
    median = _named(columns, "med", "q2", digits) or find(columns, "med_sl")
    poverty = _named(columns, "tp60", "", digits) or find(columns, "pr_md60")
    if not code or not (median or poverty):
        return None
    persons = _named(columns, "nbpersmenfisc", "nbpers", digits)
    base = (persons,) if persons else ()
    measures = [
        Measure(indicator, Kind.VALUE, (column,), base)
        for indicator, column in (("median_income", median), ("poverty_rate", poverty))
        if column
    ]
    is_epci = code.lower() in SIREN
    return Layout(
        source="filosofi",
        code_column=code,
        measures=tuple(measures),
        vintage=full_year(digits),
        level="epci" if is_epci else "any",
    )


def _named(columns: Collection[str], first: str, second: str, digits: str) -> str:
    if not digits:
        return ""
    names = [f"{stem}{digits}" for stem in (first, second) if stem]
    return find(columns, *names)
