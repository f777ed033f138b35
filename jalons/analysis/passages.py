"""Who went from which class to which, between two moments: counts, nothing more.

Only those with a class at both moments stand in the table; those met once are counted
apart. Direction is tested by the exact sign test on those that changed class, one step
or several (see `change`). Not for classes of two different grids, nor to say why one
moved: near a limit, half a point is enough to change class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalons.analysis.change import sign_test


@dataclass(frozen=True, slots=True)
class Passages:
    """A square table, classes in their order: `count(before, after)`."""

    classes: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    only_before: int
    only_after: int

    def count(self, before: str, after: str) -> int:
        return self.counts.get((before, after), 0)

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    @property
    def stayed(self) -> int:
        return sum(self.count(one, one) for one in self.classes)

    @property
    def up(self) -> int:
        return self._moved(1)

    @property
    def down(self) -> int:
        return self._moved(-1)

    @property
    def p(self) -> float | None:
        """Exact sign test on those that changed class; None when none did."""
        return sign_test(self.up, self.down)

    def _moved(self, way: int) -> int:
        rank = {one: number for number, one in enumerate(self.classes)}
        return sum(
            count
            for (before, after), count in self.counts.items()
            if (rank[after] - rank[before]) * way > 0
        )


def passages(
    before: Mapping[str, str], after: Mapping[str, str], classes: Sequence[str]
) -> Passages:
    """From the class of each, by code; raises ValueError for an unknown class.

    >>> found = passages(dict(x="low", y="low", z="high"), dict(x="low", y="high"),
    ...                  ["low", "high"])
    >>> found.stayed, found.up, found.down, found.only_before
    (1, 1, 0, 1)
    """
    unknown = ({*before.values()} | {*after.values()}) - {*classes}
    if unknown:
        raise ValueError(f"Not a class of this grid: {sorted(unknown)}")
    both = before.keys() & after.keys()
    return Passages(
        classes=tuple(classes),
        counts=dict(Counter((before[one], after[one]) for one in both)),
        only_before=len(before.keys() - after.keys()),
        only_after=len(after.keys() - before.keys()),
    )
