"""What a reader can deduce from published tables: the attack.

A cell is named by the categories it counts, `{("profile", "decider"), ("theme", "a")}`;
a variable that is not named is summed over. Cells of several tables are thus tied by
equations, "a total is the sum of its categories", across tables and across filters
(everybody, minus all but one profile, is that profile, even if never published).

Knowing the shown cells, and that counts are whole and never negative, each other cell
lies between two bounds: the least and the greatest value it takes over every set of
counts that fits, found by integer linear programming (Fischetti and Salazar, 2001,
Management Science 47(7), 1008-1027, call them the feasibility bounds). This is the
strongest attack that uses the tables alone; somebody who knows a respondent knows more.

What stands beside the tables is `Background`: a map that shows who answered gives each
of its areas one respondent at least, a limit of three answers bounds what is ticked.
These limits are part of the program, so that they travel through every sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

Key = frozenset[tuple[str, str]]
Groups = Mapping[str, Mapping[str, Collection[str]]]

OTHERS = "(others)"
"""Whoever is in none of the listed categories of a variable."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A cell that is the sum of others."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Values a hidden cell may take; `high` is infinite when nothing limits it."""

    low: float
    high: float

    @property
    def spread(self) -> float:
        """Number of steps between the bounds: 0 when the value is known."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Background:
    """What a reader knows besides the tables.

    `limits` bounds cells, `sums` ties them, and `known` names those that anyone can
    count elsewhere: hiding them would protect nothing.
    """

    limits: Mapping[Key, Bounds] = field(default_factory=dict)
    sums: Sequence[Equation] = ()
    known: frozenset[Key] = frozenset()


NOTHING = Background()


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells in play and the categories of each variable.

    `exhaustive` holds the variables whose listed categories cover everybody;
    for the others an `OTHERS` category is understood. `groups` names unions of
    categories, such as "all but the operators".
    """

    cells: frozenset[Key]
    categories: Mapping[str, Collection[str]]
    exhaustive: Collection[str]
    groups: Groups = field(default_factory=dict)

    def labels(self, variable: str) -> tuple[str, ...]:
        """Categories that add up to the total of a variable."""
        listed = tuple(sorted(self.categories[variable]))
        return listed if variable in self.exhaustive else (*listed, OTHERS)


def equations(layout: Layout) -> tuple[Equation, ...]:
    """Every sum that ties the cells, including with cells that nobody published."""
    known, found = set(layout.cells), dict[tuple[Key, str], Equation]()
    size = -1
    while size != len(found):
        size = len(found)
        for key in sorted(known, key=sorted):
            for total, variable, labels in _sums(layout, key, known):
                others = key - {pair for pair in key if pair[0] == variable}
                parts = tuple(others | {(variable, label)} for label in labels)
                found[total, variable] = Equation(total, parts)
                known.update(parts)
    return tuple(found.values())


def _sums(
    layout: Layout, key: Key, known: Collection[Key]
) -> Iterator[tuple[Key, str, Sequence[str]]]:
    """Sums that a cell takes part in, one variable at a time."""
    for variable, label in sorted(key):
        whole = key - {(variable, label)}
        if whole in known:
            yield whole, variable, layout.labels(variable)
        members = layout.groups.get(variable, {}).get(label)
        if members:
            yield key, variable, sorted(members)


def attack(
    shown: Mapping[Key, int],
    sums: Sequence[Equation],
    limits: Mapping[Key, Bounds] = NOTHING.limits,
) -> dict[Key, Bounds]:
    """Bounds of every cell that is not shown, from the shown ones and the limits.

    >>> all_, yes, no = Key(), Key({("q", "yes")}), Key({("q", "no")})
    >>> attack({all_: 10, yes: 8}, [Equation(all_, (yes, no))])[no]
    Bounds(low=2, high=2)
    >>> attack({all_: 10}, [Equation(all_, (yes, no))], {yes: Bounds(6, inf)})[no]
    Bounds(low=0, high=4)
    """
    return {
        key: Bounds(system.extreme(at, LEAST), system.extreme(at, GREATEST))
        for system in _systems(shown, sums, limits)
        for at, key in enumerate(system.unknown)
    }


def narrow(
    shown: Mapping[Key, int],
    sums: Sequence[Equation],
    spread: int,
    limits: Mapping[Key, Bounds] = NOTHING.limits,
) -> dict[Key, Bounds]:
    """Only the cells whose bounds are less than `spread` apart: faster than `attack`.

    Any solution met on the way shows a value that its cells can take, which often
    proves them wide enough without a search of their own.
    """
    found = {}
    for system in _systems(shown, sums, limits):
        system.explore()
        for at, key in enumerate(system.unknown):
            for direction in (LEAST, GREATEST):
                if system.spread_seen(at) < spread:
                    system.extreme(at, direction)
            if system.spread_seen(at) < spread:
                found[key] = system.bounds_seen(at)
    return found


LEAST, GREATEST = 1, -1


class _System:
    """Hidden cells tied together: matrix · values = target, whole, within limits."""

    def __init__(
        self,
        sums: Sequence[Equation],
        shown: Mapping[Key, int],
        limits: Mapping[Key, Bounds],
    ) -> None:
        cells = {cell for one in sums for cell in one.cells}
        self.unknown = sorted(cells - shown.keys(), key=sorted)
        at = {key: place for place, key in enumerate(self.unknown)}
        self.matrix = np.zeros((len(sums), len(at)))
        self.target = np.zeros(len(sums))
        for row, one in enumerate(sums):
            for sign, cell in [(1, one.total), *((-1, part) for part in one.parts)]:
                if cell in shown:
                    self.target[row] -= sign * shown[cell]
                else:
                    self.matrix[row, at[cell]] += sign
        # A cell that the shown ones limit is at most their sum: four times that
        # stands for "no limit" and spares the solver unbounded problems.
        found = [limits.get(key, Bounds(0, inf)) for key in self.unknown]
        self.least = np.array([one.low for one in found])
        most = [one.high for one in found if one.high < inf]
        total = sum(shown[cell] for cell in cells & shown.keys())
        self.limit = 4 * (1 + total + self.least.sum() + sum(most))
        self.most = np.minimum([one.high for one in found], self.limit)
        self.low_seen = np.full(len(at), inf)
        self.high_seen = np.full(len(at), -inf)

    def extreme(self, at: int, direction: int) -> float:
        """Least or greatest value of one cell over every set of counts that fits."""
        cost = np.zeros(len(self.unknown))
        cost[at] = direction
        return self._open_ended(self._search(cost)[at])

    def explore(self) -> None:
        """Push half of the cells up and half down, by each bit of their number."""
        number = np.arange(len(self.unknown))
        for bit in range(len(self.unknown).bit_length()):
            cost = np.where(number >> bit & 1, 1.0, -1.0)
            self._search(cost)
            self._search(-cost)

    def _search(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        # SciPy's optimiser takes a fifth of a second to import, and serves only when
        # something is about to be published.
        from scipy.optimize import Bounds as Box
        from scipy.optimize import LinearConstraint, milp

        sums = LinearConstraint(self.matrix, self.target, self.target)
        whole = np.ones(len(cost))
        box = Box(self.least, self.most)
        found = milp(cost, constraints=sums, bounds=box, integrality=whole)
        if found.x is None:
            raise ValueError(f"published tables contradict each other: {found.message}")
        values: NDArray[np.float64] = np.round(found.x)
        self.low_seen = np.minimum(self.low_seen, values)
        self.high_seen = np.maximum(self.high_seen, values)
        return values

    def bounds_seen(self, at: int) -> Bounds:
        """Least and greatest value met so far for one cell."""
        return Bounds(int(self.low_seen[at]), self._open_ended(self.high_seen[at]))

    def spread_seen(self, at: int) -> float:
        """How far apart the values met so far are."""
        return float(self.high_seen[at] - self.low_seen[at])

    def _open_ended(self, value: float) -> float:
        return inf if value > self.limit / 2 else int(value)


def _systems(
    shown: Mapping[Key, int],
    sums: Sequence[Equation],
    limits: Mapping[Key, Bounds],
) -> Iterator[_System]:
    """Group the equations that share a hidden cell: what is shown separates them."""
    group_of: dict[Key, list[Equation]] = {}
    for one in sums:
        hidden = [cell for cell in one.cells if cell not in shown]
        merged = [one]
        for group in {
            id(g): g for cell in hidden if (g := group_of.get(cell))
        }.values():
            merged += group
        for equation in merged:
            group_of |= {c: merged for c in equation.cells if c not in shown}
    for group in {id(group): group for group in group_of.values()}.values():
        yield _System(group, shown, limits)
