"""Statistical secrecy: which counts of persons may be shown, in a set of tables.

Rule. A count of 1 to threshold - 1 persons is secret: threshold 5 for professionals
who answered a survey, 11 for inhabitants. Zero concerns nobody and is shown; so is a
number of missing answers. A cell secret for that reason is called primary.

Since totals are shown too, a lone secret cell could be found by subtraction. Other
cells are therefore hidden (secondary) until nobody can find a hidden cell to within
`SPREAD`: a respondent who takes himself out of a count of two still hesitates. The
tables of one publication are protected together, filters included, because a small
group also appears as "everybody" minus "everybody but them".

Choice of the cells to hide: one at a time, the one that uncovers the fewest others,
then inside tables rather than margins, then the smallest count. This always ends, not
always with the fewest hidden cells (no quick method does; J. P. Kelly, B. L. Golden
and A. A. Assad, 1992, Networks 22, 397-417).

What the reader knows besides the tables is a `Background`: bounds on some cells, sums,
and the cells that anyone can count, which are never hidden. A cell that this background
gives away by itself is not charged to the tables.

Not covered: a whole category that gave one same answer (the answer of each is then
known), weighted counts, and who already knows some respondents. Published classes of
institutions are not persons and do not pass here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf
from typing import Literal, TypeVar

from jalons.analysis.crosstab import Table
from jalons.analysis.disclosure import (
    NOTHING,
    Background,
    Bounds,
    Equation,
    Groups,
    Key,
    Layout,
    Safe,
    equations,
    narrow,
)

PROFESSIONALS = 5
"""Answers given at work: the usage of family-allowance statistics, under 5."""
INHABITANTS = 11
"""Answers of private persons: the usage of statistics on household income, under 11."""
SPREAD = 2
"""A hidden cell keeps at least three possible values, two for one of the counted."""

AT_ONCE = 4
"""Cells found before some are hidden: the next ones are often protected with them."""

TOTAL = "*"
"""Coordinate of a margin: summed over that variable."""

NO_FILTER: Key = frozenset()
C = TypeVar("C")

MISSING = "(missing)"
"""Category of those who did not answer: their number is no secret by itself."""

Status = Literal["shown", "secret"]
Coordinates = tuple[str, ...]


class Unprotectable(Exception):
    """Hiding no more cell protects `cells`: one of their tables must not leave."""

    def __init__(self, cells: Collection[Key]) -> None:
        super().__init__(", ".join(sorted(map(_name, cells))))
        self.cells = frozenset(cells)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of persons by the categories of `variables`, margins under `TOTAL`.

    `within` names the filter: `{("profile", "decider")}`. The categories of a variable
    cover everybody counted in its total: those who did not answer are `MISSING`.
    """

    variables: tuple[str, ...]
    counts: Mapping[Coordinates, int]
    within: Key = NO_FILTER


@dataclass(frozen=True, slots=True)
class Cell:
    """A published cell: its count, or None when it is secret."""

    count: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class Published:
    """A tally as it leaves: nothing else than `cells` may be shown."""

    variables: tuple[str, ...]
    cells: Mapping[Coordinates, Cell]
    within: Key = NO_FILTER


def tally(
    variables: Sequence[str],
    counts: Mapping[Coordinates, int],
    within: Key = NO_FILTER,
) -> Tally:
    """A tally with its margins, from the counts inside.

    >>> tally(["q"], {("yes",): 8, ("no",): 2}).counts[("*",)]
    10
    """
    summed: dict[Coordinates, int] = {}
    for coordinates, count in counts.items():
        for place in product(*((label, TOTAL) for label in coordinates)):
            summed[place] = summed.get(place, 0) + count
    return Tally(tuple(variables), summed, within)


def protect(
    tallies: Sequence[Tally],
    threshold: int,
    groups: Groups | None = None,
    background: Background = NOTHING,
) -> tuple[Published, ...]:
    """Hide what must be hidden for these tables to be published together.

    `Unprotectable` when that takes the cells that `background` says are known.

    `groups` names unions of categories used as filters: `{"profile": {"not_operator":
    {"decider", "technician", "adviser"}}}`.

    >>> table = tally(["q"], {("yes",): 40, ("no",): 20, ("missing",): 2})
    >>> [cell.count for cell in protect([table], PROFESSIONALS)[0].cells.values()]
    [40, 62, None, None]
    """
    counts = _merged([_keyed(one, one.counts) for one in tallies])
    layout = _layout(tallies, [one.counts for one in tallies], groups or {})
    sums = (*equations(layout), *background.sums)
    _check(counts, sums)
    hidden = {
        key
        for key, n in counts.items()
        if key not in background.known and _is_small(key, n, threshold)
    }
    search = _Search(sums, threshold, background, {})
    while True:
        shown = {key: n for key, n in counts.items() if key not in hidden}
        exposed: Collection[Key] = _alone(hidden, shown, sums)
        exposed = exposed or search.exposed(shown, hidden, AT_ONCE)
        if not exposed:
            return tuple(_publish(one, hidden) for one in tallies)
        hideable = {k: n for k, n in shown.items() if k not in background.known}
        chosen = _to_hide(exposed, shown, hideable, sums)
        if not chosen:
            every = search.exposed(shown, hidden)
            raise Unprotectable({*exposed, *every})
        hidden |= chosen


def recoverable(
    published: Sequence[Published],
    threshold: int,
    groups: Groups | None = None,
    background: Background = NOTHING,
) -> dict[Key, Bounds]:
    """Cells that a reader of these tables finds, or almost: empty when all is safe.

    A secret cell is found when its bounds are less than `SPREAD` apart; a cell nobody
    published, such as a profile left out of a filter, when it is surely small too.
    """
    found = [{at: cell.count for at, cell in one.cells.items()} for one in published]
    cells = _merged([_keyed(*pair) for pair in zip(published, found, strict=True)])
    shown = {key: n for key, n in cells.items() if n is not None}
    layout = _layout(published, found, groups or {})
    sums = (*equations(layout), *background.sums)
    hidden = cells.keys() - shown.keys()
    return _Search(sums, threshold, background, {}).exposed(shown, hidden)


def tally_of(
    table: Table, row_variable: str, column_variable: str, within: Key = NO_FILTER
) -> Tally:
    """The tally of a crossing in which everybody is placed."""
    if table.left_out:
        raise ValueError(f"{table.left_out} units left out: give them a category")
    counts: dict[Coordinates, int] = {
        (row, column): int(table.counts[i, j])
        for i, row in enumerate(table.row_labels)
        for j, column in enumerate(table.column_labels)
    }
    return tally((row_variable, column_variable), counts, within)


def _is_small(key: Key, count: float, threshold: int) -> bool:
    counts_missing = any(label == MISSING for _, label in key)
    return 0 < count < threshold and not counts_missing


def _keyed(one: Tally | Published, counts: Mapping[Coordinates, C]) -> dict[Key, C]:
    """The same counts under names that several tables share."""
    return {
        one.within
        | {
            (variable, label)
            for variable, label in zip(one.variables, coordinates, strict=True)
            if label != TOTAL
        }: count
        for coordinates, count in counts.items()
    }


def _merged(tables: Sequence[Mapping[Key, C]]) -> dict[Key, C]:
    merged: dict[Key, C] = {}
    for table in tables:
        for key, count in table.items():
            if merged.setdefault(key, count) != count:
                raise ValueError(f"{_name(key)} is {merged[key]} and {count}")
    return merged


def _name(key: Key) -> str:
    return " × ".join(f"{v}={label}" for v, label in sorted(key)) or "everybody"


def _layout(
    tables: Sequence[Tally | Published],
    counts: Sequence[Mapping[Coordinates, object]],
    groups: Groups,
) -> Layout:
    categories: dict[str, set[str]] = {}
    cells: set[Key] = set()
    for one, found in zip(tables, counts, strict=True):
        cells |= _keyed(one, found).keys()
    for variable, label in {pair for cell in cells for pair in cell}:
        members = groups.get(variable, {}).get(label, (label,))
        categories.setdefault(variable, set()).update(members)
    crossed = {variable for one in tables for variable in one.variables}
    return Layout(frozenset(cells), categories, crossed, groups)


def _check(counts: Mapping[Key, int], sums: Sequence[Equation]) -> None:
    for one in sums:
        if all(cell in counts for cell in one.cells):
            found = sum(counts[part] for part in one.parts)
            if found != counts[one.total]:
                raise ValueError(
                    f"{_name(one.total)} is {counts[one.total]}, its categories {found}"
                )


def _alone(
    hidden: Collection[Key], shown: Mapping[Key, int], sums: Sequence[Equation]
) -> set[Key]:
    """Hidden cells found by one subtraction: spares the search for the plain cases."""
    unknown = [[cell for cell in one.cells if cell not in shown] for one in sums]
    return {cells[0] for cells in unknown if len(cells) == 1 and cells[0] in hidden}


@dataclass(frozen=True, slots=True)
class _Search:
    """What is tied and known; `seen` keeps the values that hidden cells can take."""

    sums: Sequence[Equation]
    threshold: int
    background: Background
    seen: dict[Key, Bounds]

    def exposed(
        self, shown: Mapping[Key, int], hidden: Collection[Key], enough: float = inf
    ) -> dict[Key, Bounds]:
        """Cells found from what is shown, and not from the background alone.

        A cell that nobody published is found when it is surely small too.
        """

        def is_safe(key: Key, seen: Bounds) -> bool:
            if key in hidden:
                return seen.spread >= SPREAD
            return seen.low <= 0 or not _is_small(key, seen.high, self.threshold)

        found = self._narrow(shown, is_safe, enough)
        if not (found and self.background.limits):
            return found
        known = {key: n for key, n in shown.items() if key in self.background.known}
        anyway = narrow(known, self.sums, is_safe, self.background.limits)
        if not anyway.keys() & found.keys():
            return found
        return self._narrow(
            shown, lambda key, seen: key in anyway or is_safe(key, seen), enough
        )

    def _narrow(
        self, shown: Mapping[Key, int], is_safe: Safe, enough: float
    ) -> dict[Key, Bounds]:
        limits = self.background.limits
        return narrow(shown, self.sums, is_safe, limits, self.seen, enough)


def _to_hide(
    exposed: Collection[Key],
    shown: Mapping[Key, int],
    hideable: Mapping[Key, int],
    sums: Sequence[Equation],
) -> set[Key]:
    """One more cell for each exposed cell, unless a neighbour has just been hidden."""
    chosen: set[Key] = set()
    for key in sorted(exposed, key=sorted):
        around = [one for one in sums if key in one.cells]
        if any(chosen.intersection(one.cells) for one in around):
            continue
        found = _candidates(around, shown, hideable) or _candidates(
            sums, shown, hideable
        )
        if found:
            chosen.add(_cheapest(found, shown, sums))
    return chosen


def _candidates(
    sums: Sequence[Equation], shown: Mapping[Key, int], hideable: Mapping[Key, int]
) -> set[Key]:
    """Cells to hide in the sum that has the fewest hidden cells, at least one."""
    by_hidden = sorted(sums, key=lambda one: sum(c not in shown for c in one.cells))
    for one in by_hidden:
        found = {cell for cell in one.cells if cell in hideable}
        if found and any(cell not in shown for cell in one.cells):
            return found
    return set()


def _cheapest(
    candidates: Collection[Key], shown: Mapping[Key, int], sums: Sequence[Equation]
) -> Key:
    def cost(key: Key) -> tuple[int, int, bool, int, list[tuple[str, str]]]:
        uncovered = sum(
            key in one.cells and all(cell in shown for cell in one.cells)
            for one in sums
        )
        return uncovered, -len(key), shown[key] == 0, shown[key], sorted(key)

    return min(candidates, key=cost)


def _publish(one: Tally, hidden: Collection[Key]) -> Published:
    keys = _keyed(one, {at: at for at in one.counts})
    cells = {
        at: Cell(None, "secret") if key in hidden else Cell(one.counts[at], "shown")
        for key, at in keys.items()
    }
    return Published(one.variables, cells, one.within)
