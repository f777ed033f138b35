"""ANCT, territories of its programmes: one row a commune and a programme.

Rows that give the code of an EPCI are left out: the indicators count communes.
"""

from __future__ import annotations

from collections.abc import Collection

from jalons.indicators.producers.layouts import Kind, Layout, Measure, Row, find

PROGRAMMES = {
    "programme_pvd": ("pvd",),
    "programme_acv": ("acv", "acv1", "acv2"),
    "programme_frr": ("frr", "frr+", "frr_plus", "zfrr"),
}
COMMUNE_LENGTH = 5


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its programme and the code of the territory."""
    code = find(columns, "code_geo", "insee_com", "code_insee")
    programme = find(columns, "programme")
    if not code or not programme:
        return None
    return Layout(
        source="anct_programmes",
        code_column=code,
        measures=tuple(
            Measure(indicator, Kind.COUNT, when=programme, values=names)
            for indicator, names in PROGRAMMES.items()
        ),
        is_list=True,
        keeps=lambda row: _is_commune(row, code),
    )


def _is_commune(row: Row, code_column: str) -> bool:
    return len(row[code_column]) == COMMUNE_LENGTH
