"""Statistical secrecy: which counts of persons may be shown, in a set of tables.

Rule. A count of 1 to threshold - 1 persons is secret: threshold 5 for professionals
who answered a survey, 11 for inhabitants. Zero concerns nobody and is shown; so is a
number of missing answers. A cell secret for that reason is called primary.

Since totals are shown too, a lone secret cell could be found by subtraction. Other
cells are therefore hidden (secondary) until nobody can find a hidden cell to within
`SPREAD`, nor say that it is under the threshold: a respondent who takes himself out of
a count of two still hesitates, and what is left for the hidden answers of a question
reaches the threshold. The tables of one publication are protected together, filters
included, because a small group also appears as "everybody" minus "everybody but them".

Which cells to hide is chosen by `hiding`, what a reader deduces found by `disclosure`.
What the reader knows besides the tables is a `Background`: bounds on some cells, sums,
and the cells that anyone can count, which are never hidden.

Not covered: a whole category that gave one same answer (the answer of each is then
known), weighted counts, and who already knows some respondents. Published classes of
institutions are not persons and do not pass here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeVar

from jalons.analysis.disclosure import (
    NOTHING,
    Background,
    Bounds,
    Groups,
    Key,
    Layout,
    equations,
)
from jalons.analysis.hiding import exposed, hide, name_of

PROFESSIONALS = 5
"""Answers given at work: the usage of family-allowance statistics, under 5."""
INHABITANTS = 11
"""Answers of private persons: the usage of statistics on household income, under 11."""
TOTAL = "*"
"""Coordinate of a margin: summed over that variable."""

NO_FILTER: Key = frozenset()
C = TypeVar("C")

Status = Literal["shown", "secret"]
Coordinates = tuple[str, ...]


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
    hidden = hide(counts, sums, threshold, background)
    return tuple(_publish(one, hidden) for one in tallies)


def recoverable(
    published: Sequence[Published],
    threshold: int,
    groups: Groups | None = None,
    background: Background = NOTHING,
) -> dict[Key, Bounds]:
    """Cells that a reader of these tables finds, or almost: empty when all is safe.

    A secret cell is found when its bounds are less than `SPREAD` apart, or all under
    the threshold; a cell nobody published, such as a profile left out of a filter, when
    it is surely small too.
    """
    each = [{at: cell.count for at, cell in one.cells.items()} for one in published]
    cells = _merged([_keyed(*pair) for pair in zip(published, each, strict=True)])
    layout = _layout(published, each, groups or {})
    sums = (*equations(layout), *background.sums)
    return exposed(cells, sums, threshold, background)


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
                raise ValueError(f"{name_of(key)} is {merged[key]} and {count}")
    return merged


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


def _publish(one: Tally, hidden: frozenset[Key]) -> Published:
    keys = _keyed(one, {at: at for at in one.counts})
    cells = {
        at: Cell(None, "secret") if key in hidden else Cell(one.counts[at], "shown")
        for key, at in keys.items()
    }
    return Published(one.variables, cells, one.within)
