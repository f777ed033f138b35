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

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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


class Contradiction(ValueError):
    """Counts that no set of answers could give together."""


class Exhausted(Exception):
    """The search used up its allowance before it was over: nothing is proved."""


LONGEST_PROGRAM = 20
"""Seconds given to one program, which takes a hundredth as a rule."""


def unheard() -> None:
    """Nobody waits for news of the search."""


@dataclass(slots=True)
class Allowance:
    """Programs that a search may still solve, and the seconds given to each.

    One takes a hundredth of a second as a rule. `on_spend` is called before each, for
    whoever must know that the search goes on.

    >>> Allowance(1).spend()
    >>> Allowance(0).spend()
    Traceback (most recent call last):
        ...
    jalons.analysis.disclosure.Exhausted
    """

    programs: float = inf
    longest: float = LONGEST_PROGRAM
    on_spend: Callable[[], None] = unheard

    def spend(self) -> None:
        """Count one program, or raise Exhausted."""
        if self.programs < 1:
            raise Exhausted
        self.programs -= 1
        self.on_spend()


NOTHING = Background()
ANY = Bounds(0, inf)
PASSES = 50
"""Bounds that still move after so many rounds are left to the solver."""


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


Safe = Callable[[Key, Bounds], bool]
"""Whether values that a cell is seen to take already prove that it is not found."""


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
    return narrow(shown, sums, lambda _key, _seen: False, limits)


def narrow(
    shown: Mapping[Key, int],
    sums: Sequence[Equation],
    is_safe: Safe,
    limits: Mapping[Key, Bounds] = NOTHING.limits,
    seen: dict[Key, Bounds] | None = None,
    enough: float = inf,
    allowance: Allowance | None = None,
) -> dict[Key, Bounds]:
    """Bounds of the cells that nothing proves safe: faster than `attack`.

    Sums are first followed by hand (`propagated`), which settles most cells: one that
    is not safe within such bounds is not within the true ones, which are narrower. Any
    solution met on the way then shows a value that its cells can take, which often
    proves them safe without a search of their own. `seen` keeps these values from one
    call to the next: they stay possible as long as nothing more is shown. The search
    stops once `enough` cells are found; Exhausted when it would solve more programs
    than its allowance.
    """
    ranges = propagated(shown, sums, limits)
    settled = {key: int(one.low) for key, one in ranges.items() if not one.spread}
    found = {key: one for key, one in ranges.items() if not is_safe(key, one)}
    memory = {} if seen is None else seen
    allowed = allowance or Allowance()
    for system in _systems({**shown, **settled}, sums, ranges, allowed):
        if len(found) < enough:
            found |= _searched(system, is_safe, memory, enough - len(found))
    return found


def _searched(
    system: _System, is_safe: Safe, seen: dict[Key, Bounds], enough: float
) -> dict[Key, Bounds]:
    """The cells of one system that no value makes safe, the first ones found."""
    found: dict[Key, Bounds] = {}
    system.remember(seen, is_safe)
    for at, key in enumerate(system.unknown):
        for direction in (GREATEST, LEAST):
            if not is_safe(key, system.bounds_seen(at)):
                system.extreme(at, direction)
        if not is_safe(key, system.bounds_seen(at)):
            found[key] = system.bounds_seen(at)
        if len(found) >= enough:
            break
    seen |= {key: system.bounds_seen(at) for at, key in enumerate(system.unknown)}
    return found


def propagated(
    shown: Mapping[Key, int],
    sums: Sequence[Equation],
    limits: Mapping[Key, Bounds] = NOTHING.limits,
) -> dict[Key, Bounds]:
    """Bounds of every hidden cell from one sum at a time, again until nothing moves.

    Wider than the true bounds, never narrower: a total is at least the sum of the
    least values of its parts, a part at most the total less those of the others.

    >>> all_, yes, no = Key(), Key({("q", "yes")}), Key({("q", "no")})
    >>> propagated({all_: 10}, [Equation(all_, (yes, no))], {yes: Bounds(6, inf)})[no]
    Bounds(low=0, high=4)
    """
    ranges = {cell: limits.get(cell, ANY) for one in sums for cell in one.cells}
    ranges |= {key: Bounds(n, n) for key, n in shown.items() if key in ranges}
    moving, passes = True, 0
    while moving and passes < PASSES:
        moving, passes = False, passes + 1
        for one in sums:
            for cell, bounds in _from_sum(one, ranges):
                if bounds != ranges[cell]:
                    ranges[cell], moving = bounds, True
    return {key: one for key, one in ranges.items() if key not in shown}


def _from_sum(
    one: Equation, ranges: Mapping[Key, Bounds]
) -> Iterator[tuple[Key, Bounds]]:
    """What one sum says of its total, then of each of its parts."""
    parts = [ranges[part] for part in one.parts]
    low, high = sum(p.low for p in parts), sum(p.high for p in parts)
    total = _within(ranges[one.total], low, high)
    yield one.total, total
    for key, part in zip(one.parts, parts, strict=True):
        others = high - part.high if high < inf else _sum_without(parts, part)
        yield key, _within(part, total.low - others, total.high - (low - part.low))


def _sum_without(parts: Sequence[Bounds], part: Bounds) -> float:
    """The greatest sum of the other parts, when one part has no limit."""
    unlimited = sum(p.high == inf for p in parts)
    if unlimited > 1 or part.high < inf:
        return inf
    return sum(p.high for p in parts if p.high < inf)


def _within(bounds: Bounds, low: float, high: float) -> Bounds:
    if low <= bounds.low and high >= bounds.high:
        return bounds
    found = Bounds(max(bounds.low, low), min(bounds.high, high))
    if found.low > found.high:
        raise Contradiction("published tables contradict each other")
    return found


LEAST, GREATEST = 1, -1
STOPPED = 1
"""The solver's word for a program that its time did not suffice to solve."""


class _System:
    """Hidden cells tied together: matrix · values = target, whole, within limits."""

    def __init__(
        self,
        sums: Sequence[Equation],
        shown: Mapping[Key, int],
        limits: Mapping[Key, Bounds],
        allowance: Allowance,
    ) -> None:
        self.allowance = allowance
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

    def remember(self, seen: Mapping[Key, Bounds], is_safe: Safe) -> None:
        """Start from values seen before; look around when a cell has none."""
        for at, key in enumerate(self.unknown):
            if key in seen:
                self.low_seen[at] = seen[key].low
                self.high_seen[at] = min(seen[key].high, self.limit)
        if not seen.keys() >= set(self.unknown):
            self.explore(is_safe)

    def explore(self, is_safe: Safe) -> None:
        """Push half of the cells up and half down, by each bit of their number.

        Pushed all one way first; no further once every cell is seen safe.
        """
        number = np.arange(len(self.unknown))
        for bit in range(len(self.unknown).bit_length(), -1, -1):
            cost = np.where(number >> bit & 1, 1.0, -1.0)
            self._search(cost)
            self._search(-cost)
            seen = enumerate(self.unknown)
            if all(is_safe(key, self.bounds_seen(at)) for at, key in seen):
                return

    def _search(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        # SciPy's optimiser takes a fifth of a second to import, and serves only when
        # something is about to be published.
        from scipy.optimize import Bounds as Box
        from scipy.optimize import LinearConstraint, milp

        self.allowance.spend()
        sums = LinearConstraint(self.matrix, self.target, self.target)
        whole = np.ones(len(cost))
        box = Box(self.least, self.most)
        options = {"time_limit": self.allowance.longest}
        found = milp(
            cost, constraints=sums, bounds=box, integrality=whole, options=options
        )
        if found.status == STOPPED:
            raise Exhausted
        if found.x is None:
            raise Contradiction(
                f"published tables contradict each other: {found.message}"
            )
        values: NDArray[np.float64] = np.round(found.x)
        self.low_seen = np.minimum(self.low_seen, values)
        self.high_seen = np.maximum(self.high_seen, values)
        return values

    def bounds_seen(self, at: int) -> Bounds:
        """Least and greatest value met so far for one cell."""
        return Bounds(int(self.low_seen[at]), self._open_ended(self.high_seen[at]))

    def _open_ended(self, value: float) -> float:
        return inf if value > self.limit / 2 else int(value)


def _systems(
    shown: Mapping[Key, int],
    sums: Sequence[Equation],
    limits: Mapping[Key, Bounds],
    allowance: Allowance,
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
        yield _System(group, shown, limits, allowance)
