"""CNAF, s_ben_com_f: households that receive each benefit, by commune and month.

`numcomdo` is the commune (quarters of Paris, Lyon and Marseille apart), `dtreffre` the
month (2024-12, a row each December); only the latest is kept. Households are rounded to
a multiple of 5. Rows without commune are those that the CAF cannot place. The
households of the census are the base: load them first.
"""

from __future__ import annotations

from collections.abc import Collection

from jalons.indicators.producers.layouts import Kind, Layout, Measure, Row, find


def layout(columns: Collection[str]) -> Layout | None:
    """Recognised by its number of households with the minimum income."""
    code = find(columns, "numcomdo")
    rsa = find(columns, "indfoy_rsa")
    if not code or not rsa:
        return None
    return Layout(
        source="cnaf",
        code_column=code,
        measures=(Measure("minimum_benefits", Kind.PER_HOUSEHOLDS, (rsa,)),),
        date_column=find(columns, "dtreffre"),
        keeps=lambda row: _is_placed(row, code),
    )


def _is_placed(row: Row, code_column: str) -> bool:
    return bool(row[code_column])
