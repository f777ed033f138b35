"""Which cells to hide so that no small count is found: the search of `secrecy`.

Cells are named by the categories they count (`disclosure`), and tied by sums. Those to
hide are chosen one at a time: the one that uncovers the fewest others, then inside
tables rather than margins, then the smallest count. This always ends, not always with
the fewest hidden cells (no quick method does; J. P. Kelly, B. L. Golden and A. A.
Assad, 1992, Networks 22, 397-417).

Cells already decided, in a publication beside, stay as they are: a hidden one stays
hidden, a shown one is known. What the reader's `Background` alone tells of a cell is
not charged to the tables, as long as they tell no more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from jalons.analysis.disclosure import (
    NOTHING,
    Allowance,
    Background,
    Bounds,
    Contradiction,
    Equation,
    Exhausted,
    Key,
    Safe,
    narrow,
)

SPREAD = 2
"""A hidden cell keeps at least three possible values, two for one of the counted; and
one of them reaches the threshold: nobody can say that it is a small count."""

AT_ONCE = 4
"""Cells found before some are hidden: the next ones are often protected with them."""

MISSING = "(missing)"
"""Category of those who did not answer: their number is no secret by itself."""
UNASKED = "(not asked)"
"""Category of those to whom an earlier answer spares a question, silent ones included:
their number is nearly that of this answer, and as secret."""

Decided = Mapping[Key, int | None]
"""Cells published beside: their count, or None when it is secret."""
NOTHING_BESIDE: Decided = {}


class Unprotectable(Exception):
    """Hiding no more cell protects `cells`: one of their tables must not leave."""

    def __init__(self, cells: Collection[Key]) -> None:
        super().__init__(", ".join(sorted(map(name_of, cells))))
        self.cells = frozenset(cells)


class Unsettled(Unprotectable):
    """The allowance was used up first: nobody knows whether these cells are safe."""


def name_of(key: Key) -> str:
    return " × ".join(f"{v}={label}" for v, label in sorted(key)) or "everybody"


def hide(
    counts: Mapping[Key, int],
    sums: Sequence[Equation],
    threshold: int,
    background: Background = NOTHING,
    decided: Decided = NOTHING_BESIDE,
    first: Collection[Key] = (),
    allowance: Allowance | None = None,
) -> frozenset[Key]:
    """The cells to hide, those hidden beside and those of `first` included.

    `Unprotectable` when that takes cells known from `background` or shown beside,
    `Unsettled` when it takes more than the allowance.

    >>> yes, no = Key({("q", "yes")}), Key({("q", "no")})
    >>> sums = [Equation(Key(), (yes, no))]
    >>> sorted(map(name_of, hide({Key(): 42, yes: 40, no: 2}, sums, 5)))
    ['q=no', 'q=yes']
    """
    fixed = {key: n for key, n in decided.items() if n is not None}
    _check({**counts, **fixed}, sums)
    empty = _empty({**counts, **fixed}, sums, background)
    twins = _twins(sums, empty)
    stay = _all_of(background.known | fixed.keys() | empty, twins)
    small = {k for k, n in counts.items() if is_small(k, n, threshold)}
    hidden = _all_of(small | {*first}, twins) - stay
    hidden = (hidden & counts.keys()) | decided.keys() - fixed.keys()
    search = _Search(sums, threshold, background, allowance or Allowance())
    touching = _touching(sums)
    while True:
        shown = {key: n for key, n in counts.items() if key not in hidden} | fixed
        at_risk: Collection[Key] = _alone(hidden, shown, sums)
        try:
            at_risk = at_risk or search.exposed(shown, hidden, AT_ONCE)
            if not at_risk:
                return frozenset(hidden)
            hideable = shown.keys() - stay
            chosen = _to_hide(at_risk, shown, hideable, touching, threshold)
            if not chosen:
                raise Unprotectable({*at_risk, *search.exposed(shown, hidden)})
        except Exhausted as error:
            raise Unsettled(hidden) from error
        hidden |= _all_of(chosen, twins) & counts.keys()


def exposed(
    cells: Decided,
    sums: Sequence[Equation],
    threshold: int,
    background: Background = NOTHING,
) -> dict[Key, Bounds]:
    """Cells that a reader finds, or almost: empty when all is safe."""
    shown = {key: n for key, n in cells.items() if n is not None}
    hidden = cells.keys() - shown.keys()
    return _Search(sums, threshold, background).exposed(shown, hidden)


def is_small(key: Key, count: float, threshold: int) -> bool:
    """Whether a count is secret by itself."""
    counts_missing = any(label == MISSING for _, label in key)
    return 0 < count < threshold and not counts_missing


def _empty(
    counts: Mapping[Key, int], sums: Sequence[Equation], background: Background
) -> set[Key]:
    """Totals that count nobody, and their parts: hiding them would deceive nobody."""
    found = {key for key, one in background.limits.items() if one.high == 0}
    for one in sums:
        if counts.get(one.total) == 0:
            found.update(one.cells)
    return found


def _twins(sums: Sequence[Equation], empty: Collection[Key]) -> Mapping[Key, set[Key]]:
    """Cells that are one and the same number, the rest of their sum being empty."""
    found: dict[Key, set[Key]] = {}
    for one in sums:
        left = {cell for cell in one.cells if cell not in empty}
        if len(left) == 2 and one.total in left:
            same = left.union(*(found.get(cell, ()) for cell in left))
            found |= dict.fromkeys(same, same)
    return found


def _all_of(cells: Collection[Key], twins: Mapping[Key, set[Key]]) -> set[Key]:
    """These cells, and those of the same number."""
    return {*cells}.union(*(twins.get(cell, ()) for cell in cells))


def _check(counts: Mapping[Key, int], sums: Sequence[Equation]) -> None:
    for one in sums:
        if all(cell in counts for cell in one.cells):
            n, found = counts[one.total], sum(counts[part] for part in one.parts)
            if found != n:
                told = f"{name_of(one.total)} is {n}, its categories {found}"
                raise Contradiction(told)


def _alone(
    hidden: Collection[Key], shown: Mapping[Key, int], sums: Sequence[Equation]
) -> set[Key]:
    """Hidden cells found by one subtraction: spares the search for the plain cases."""
    unknown = [[cell for cell in one.cells if cell not in shown] for one in sums]
    return {cells[0] for cells in unknown if len(cells) == 1 and cells[0] in hidden}


@dataclass(frozen=True, slots=True)
class _Search:
    """What is tied and known, and what the search may still cost.

    `seen` keeps the values that hidden cells can take, `seen_alone` those that they
    can take when the background is all one knows.
    """

    sums: Sequence[Equation]
    threshold: int
    background: Background
    allowance: Allowance = field(default_factory=Allowance)
    seen: dict[Key, Bounds] = field(default_factory=dict)
    seen_alone: dict[Key, Bounds] = field(default_factory=dict)

    def exposed(
        self, shown: Mapping[Key, int], hidden: Collection[Key], enough: float = inf
    ) -> dict[Key, Bounds]:
        """Cells found from what is shown, better than from the background alone.

        A cell that nobody published is found when it is surely small too.
        """

        def is_safe(key: Key, seen: Bounds) -> bool:
            if key in hidden:
                is_surely_small = is_small(key, seen.high, self.threshold)
                return seen.spread >= SPREAD and not is_surely_small
            return seen.low <= 0 or not is_small(key, seen.high, self.threshold)

        found = self._narrow(shown, is_safe, self.seen, enough)
        if not (found and self.background.limits):
            return found
        known = {key: n for key, n in shown.items() if key in self.background.known}
        alone = self._narrow(known, is_safe, self.seen_alone, inf)
        if not alone.keys() & found.keys():
            return found

        def tells_no_more(key: Key, seen: Bounds) -> bool:
            if is_safe(key, seen):
                return True
            before = alone.get(key)
            return before is not None and (
                seen.low <= before.low and seen.high >= before.high
            )

        return self._narrow(shown, tells_no_more, self.seen, enough)

    def _narrow(
        self,
        shown: Mapping[Key, int],
        is_safe: Safe,
        seen: dict[Key, Bounds],
        enough: float,
    ) -> dict[Key, Bounds]:
        limits = self.background.limits
        return narrow(shown, self.sums, is_safe, limits, seen, enough, self.allowance)


def _touching(sums: Sequence[Equation]) -> Mapping[Key, list[Equation]]:
    """The sums that each cell stands in."""
    found: dict[Key, list[Equation]] = {}
    for one in sums:
        for cell in dict.fromkeys(one.cells):
            found.setdefault(cell, []).append(one)
    return found


def _to_hide(
    exposed: Collection[Key],
    shown: Mapping[Key, int],
    hideable: Collection[Key],
    touching: Mapping[Key, Sequence[Equation]],
    threshold: int,
) -> set[Key]:
    """One more cell for each exposed cell, unless a neighbour has just been hidden.

    None at all when one of them has nothing around it to hide.
    """
    chosen: set[Key] = set()
    for key in sorted(exposed, key=sorted):
        around = touching.get(key, ())
        if any(chosen.intersection(one.cells) for one in around):
            continue
        found = _candidates(around, shown, hideable, threshold)
        found = found or _nearest(key, shown, hideable, touching)
        if not found:
            return set()
        chosen.add(_cheapest(found, shown, touching))
    return chosen


def _nearest(
    key: Key,
    shown: Mapping[Key, int],
    hideable: Collection[Key],
    touching: Mapping[Key, Sequence[Equation]],
) -> set[Key]:
    """Cells to hide in the nearest sums tied to a cell through cells not shown.

    No other protects it; the farther, the more is hidden for nothing.
    """
    met, left = {key}, {key}
    while left:
        sums = dict.fromkeys(
            one for at in sorted(left, key=sorted) for one in touching.get(at, ())
        )
        cells = {cell for one in sums for cell in one.cells}
        if found := cells & {*hideable}:
            return found
        left = {cell for cell in cells if cell not in shown} - met
        met |= left
    return set()


def _candidates(
    sums: Sequence[Equation],
    shown: Mapping[Key, int],
    hideable: Collection[Key],
    threshold: int,
) -> set[Key]:
    """Cells to hide in the sum that leaves the least to its hidden cells, at least one.

    Those whose hidden cells are surely small together come first, then those that have
    the fewest.
    """

    def rank(one: Equation) -> tuple[bool, int]:
        told = sum(shown.get(part, 0) for part in one.parts)
        is_tight = one.total in shown and shown[one.total] - told < threshold
        return not is_tight, sum(cell not in shown for cell in one.cells)

    for one in sorted(sums, key=rank):
        found = {cell for cell in one.cells if cell in hideable}
        if found and any(cell not in shown for cell in one.cells):
            return found
    return set()


def _cheapest(
    candidates: Collection[Key],
    shown: Mapping[Key, int],
    touching: Mapping[Key, Sequence[Equation]],
) -> Key:
    def cost(key: Key) -> tuple[int, int, bool, int, list[tuple[str, str]]]:
        uncovered = sum(
            all(cell in shown for cell in one.cells) for one in touching[key]
        )
        return uncovered, -len(key), shown[key] == 0, shown[key], sorted(key)

    return min(candidates, key=cost)
