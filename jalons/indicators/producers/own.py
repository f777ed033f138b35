"""Any table with a code of territory: the columns are named by whoever loads it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jalons.indicators.producers.layouts import Kind, Layout, Measure

LEVEL = "any"
KINDS = {
    "column": Kind.RATE,
    "inhabitants": Kind.RATE_OF_INHABITANTS,
    "households": Kind.RATE_OF_HOUSEHOLDS,
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column is the code, which the value, and what the value is."""

    source: str
    indicator: str
    code_column: str
    value_column: str
    base_column: str = ""
    is_count: bool = False
    """Numbers that add up from communes to EPCI."""
    rate_of: str = ""
    """What a rate is a share of: `column` (of the file), `inhabitants`, `households`;
    empty when nothing known, and then the rate is not added up."""

    @property
    def named(self) -> tuple[str, ...]:
        return (self.code_column, self.value_column, self.base_column)


def layout(columns: Collection[str], mapping: Mapping) -> Layout | None:
    """Recognised when the named columns are there."""
    if not {name for name in mapping.named if name} <= set(columns):
        return None
    kind = Kind.COUNT if mapping.is_count else KINDS.get(mapping.rate_of, Kind.VALUE)
    base = (mapping.base_column,) if mapping.base_column else ()
    return Layout(
        source=mapping.source,
        code_column=mapping.code_column,
        measures=(Measure(mapping.indicator, kind, (mapping.value_column,), base),),
        level=LEVEL,
        is_whole_country=False,
    )
