"""Counting units by their labels, as the tables that secrecy protects together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from jalons.analysis.disclosure import NOTHING, Background, Groups, Key
from jalons.analysis.hiding import MISSING, Unprotectable
from jalons.analysis.secrecy import (
    NO_FILTER,
    PROFESSIONALS,
    Published,
    Tally,
    protect,
    recoverable,
    tally,
)
from jalons.observatory.answers import Mask

Tallies = dict[str, Tally]
Tables = dict[str, Published]


@dataclass(frozen=True, slots=True)
class Checked:
    """Tables protected as one, and what a reader knows beside them."""

    tables: tuple[Published, ...]
    groups: Groups | None = None
    background: Background = NOTHING

    @property
    def exposed_cells(self) -> int:
        """Cells that a reader of all these tables could find."""
        found = recoverable(self.tables, PROFESSIONALS, self.groups, self.background)
        return len(found)


@dataclass(frozen=True, slots=True)
class Variable:
    """A label for each unit, and the labels that exist, used or not."""

    name: str
    labels: Sequence[str]
    order: tuple[str, ...]

    def among(self, kept: Sequence[int]) -> Variable:
        return Variable(self.name, [self.labels[at] for at in kept], self.order)


def variable(
    name: str,
    labels: Iterable[str | None],
    order: Iterable[str],
    unknown: str = MISSING,
) -> Variable:
    """A variable whose unknown labels are all called `unknown`."""
    known = tuple(order)
    found = [label if label in known else unknown for label in labels]
    return Variable(name, found, (*known, unknown))


def masked(
    name: str, masks: Mapping[str, Mask], size: int, unknown: str = MISSING
) -> Variable:
    """The name of the mask that each answer is in."""
    labels: list[str | None] = [None] * size
    for label, mask in masks.items():
        for at in mask.nonzero()[0].tolist():
            labels[at] = label
    return variable(name, labels, masks, unknown)


def counted(*variables: Variable, within: Key = NO_FILTER) -> Tally:
    """Units counted by their labels, empty cells included."""
    found = Counter(zip(*(one.labels for one in variables), strict=True))
    cells = product(*(one.order for one in variables))
    names = [one.name for one in variables]
    return tally(names, {cell: found[cell] for cell in cells}, within)


def protect_all(
    tallies: Tallies, groups: Groups | None = None, background: Background = NOTHING
) -> Tables:
    """The tables that can be protected together, by name.

    Where no hiding is enough, the last table that holds a cell found is left out.
    """
    while True:
        try:
            found = protect(list(tallies.values()), PROFESSIONALS, groups, background)
        except Unprotectable as error:
            variables = {name for cell in error.cells for name, _label in cell}
            unsafe = [n for n, t in tallies.items() if variables & {*t.variables}]
            left_out = (unsafe or list(tallies))[-1]
            tallies = {name: one for name, one in tallies.items() if name != left_out}
        else:
            return dict(zip(tallies, found, strict=True))
