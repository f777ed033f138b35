"""ANCT, list of France Services places: one row a place, `insee_com` its commune."""

from __future__ import annotations

from collections.abc import Collection

from jalons.indicators.producers.layouts import Kind, Layout, Measure, find


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its identifier; the vintage is not in the file."""
    code = find(columns, "insee_com", "code_insee", "insee")
    if not code or not find(columns, "id_fs", "lib_fs"):
        return None
    return Layout(
        source="france_services",
        code_column=code,
        measures=(Measure("france_services", Kind.COUNT),),
        is_list=True,
    )
