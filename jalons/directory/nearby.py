"""Places found, by distance: thousands are held, and only those shown put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# What is read first of each place; a search may read more, after these.
PLAIN = ("pk", "longitude", "latitude", "list_pk", "name")
LIST_PK = PLAIN.index("list_pk")
Row = tuple[Any, ...]


class Near(NamedTuple):
    """A place that may help, and how far it is from where one looks."""

    pk: int
    km: float
    name: str
    longitude: float
    latitude: float
    list_pk: int


class Nearby(Sequence[Near]):
    """Places by distance; those at the same hundred metres, by name."""

    def __init__(self, rows: Sequence[Row], km: Array) -> None:
        rounded = km.round(1)
        self._rows, self._km = rows, km
        self._order = np.argsort(rounded, kind="stable")
        self._rounded = rounded[self._order]

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> Near: ...
    @overload
    def __getitem__(self, index: slice) -> list[Near]: ...
    def __getitem__(self, index: int | slice) -> Near | list[Near]:
        if isinstance(index, int):
            rank = range(len(self))[index]
            return self[rank : rank + 1][0]
        start, stop, _step = index.indices(len(self))
        if start >= stop:
            return []
        first = int(self._rounded.searchsorted(self._rounded[start], "left"))
        last = int(self._rounded.searchsorted(self._rounded[stop - 1], "right"))
        near = sorted(map(self._near, self._order[first:last].tolist()), key=_rank)
        return near[start - first : stop - first]

    def within(self, km: float) -> list[Near]:
        return [one for one in self[: self._count(km)] if one.km <= km]

    @property
    def list_pks(self) -> set[int]:
        """The lists they come from."""
        return {row[LIST_PK] for row in self._rows}

    def _count(self, km: float) -> int:
        return int(self._rounded.searchsorted(round(km, 1), "right"))

    def _near(self, rank: int) -> Near:
        pk, longitude, latitude, list_pk, name = self._rows[rank][: len(PLAIN)]
        return Near(pk, float(self._km[rank]), name, longitude, latitude, list_pk)


def _rank(near: Near) -> tuple[float, str]:
    return round(near.km, 1), near.name
