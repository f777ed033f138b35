from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from jalons.indicators.producers import own
from jalons.indicators.producers.registry import PRODUCERS
from jalons.indicators.reading import Recognise


@dataclass(frozen=True, slots=True)
class Order:
    """Which file to load, and what only a person can say of it."""

    source: str
    name: str
    vintage: str = ""
    as_shares: bool = False
    is_part: bool = False
    """A file of some communes only, known to be so."""
    mapping: own.Mapping | None = None
    """Columns named by hand, for a file of no known format."""

    def recognise(self) -> Recognise:
        if self.mapping is not None:
            return partial(own.layout, mapping=self.mapping)
        return PRODUCERS[self.source]
