"""INSEE, Filosofi: median standard of living and poverty rate.

Communes and EPCI, wide files: MED21 (or Q221, the median of the files of distribution)
and TP6021; PR_MD60 and MED_SL in the files of 2023. `s` is secrecy, `nd` not available.
The number of persons (NBPERSMENFISC21) is the base when the file gives it.

Disposable incomes by IRIS (BASE_TD_FILO_DISP_IRIS): DISP_MED21 and DISP_TP6021, for the
IRIS of the larger communes; `ns` is not significant. The file of declared incomes
(DEC_MED21) is another thing, and is not recognised.
"""

from __future__ import annotations

from collections.abc import Collection

from jalons.indicators.producers.layouts import (
    Kind,
    Layout,
    Measure,
    always,
    find,
    full_year,
    year_of,
)
from jalons.territories.iris import is_whole

MEDIAN = r"(?:DISP_)?(?:MED|Q2)(\d\d)"
POVERTY = r"(?:DISP_)?TP60(\d\d)"
PERSONS = r"NBPERS(?:MENFISC)?(\d\d)"
IRIS = ("iris", "code_iris")
SIREN = ("epci", "siren", "siren_epci")


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its median or its poverty rate."""
    digits = year_of(columns, MEDIAN) or year_of(columns, POVERTY)
    iris = find(columns, *IRIS)
    code = iris or find(columns, "codgeo", "geo", "code_insee", *SIREN)
    median = _named(columns, digits, "med", "q2", "disp_med") or find(columns, "med_sl")
    poverty = _named(columns, digits, "tp60", "disp_tp60") or find(columns, "pr_md60")
    if not code or not (median or poverty):
        return None
    persons = _named(columns, digits, "nbpersmenfisc", "nbpers")
    base = (persons,) if persons else ()
    measures = [
        Measure(indicator, Kind.VALUE, (column,), base)
        for indicator, column in (("median_income", median), ("poverty_rate", poverty))
        if column
    ]
    return Layout(
        source="filosofi",
        code_column=code,
        measures=tuple(measures),
        vintage=full_year(digits),
        level=_level(code),
        keeps=(lambda row: not is_whole(row[iris].strip())) if iris else always,
        is_whole_country=not iris,
    )


def _level(code: str) -> str:
    if code.lower() in IRIS:
        return "iris"
    return "epci" if code.lower() in SIREN else "any"


def _named(columns: Collection[str], digits: str, *stems: str) -> str:
    if not digits:
        return ""
    return find(columns, *(f"{stem}{digits}" for stem in stems))
