"""Which weighted shares would tell how few of a commune, a sex or an age said it.

Told to a percent, a share of the weight W of those who answered leaves a category of
the margins at most as many people as its lightest ones that weigh that share of W, and
at least as many as its heaviest ones that weigh what the others cannot. Whoever knows
the weights, which anybody can work out, reads both. Where they say that between one and
ten of a category of eleven people or more gave an answer, or did not, the table is not
told (rule 7), nor those that it is worked out from, nor those worked out from it.

Without weights no share tells it: eleven answers may all be of one category. Limits are
those of weights that add up to any number: whole people sometimes leave a little less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.secrecy import INHABITANTS
from jalons.fieldwork.protection import Cells, Hidden, People, Tie

Weights = NDArray[np.float64]
Mask = NDArray[np.bool_]
HALF = 0.005
"""A share told to a percent is known to within half of one."""
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one category who answered: what so many of them weigh, and others."""

    lightest: Weights
    heaviest: Weights
    others: float

    @classmethod
    def of(cls, weights: Weights, others: float) -> Group:
        """
        >>> Group.of(np.array([1.0, 2.0, 1.0]), 1.5).between(2.0, 3.0)
        range(1, 3)
        """
        ordered = np.sort(weights)
        return cls(ordered.cumsum(), ordered[::-1].cumsum(), others)

    @property
    def n(self) -> int:
        return len(self.lightest)

    def between(self, low: float, high: float) -> range:
        """How many of them there can be when all who said it weigh so much."""
        most = int(self.lightest.searchsorted(high + ROUNDING, side="right"))
        missing = low - self.others - ROUNDING
        least = int(self.heaviest.searchsorted(missing)) + 1 if missing > 0 else 0
        return range(least, most + 1)


def tells_of_a_few(counts: range, n: int) -> bool:
    """Whether so many of `n` people, or all but so many, are known to be one to ten."""
    least, most = counts.start, counts.stop - 1
    both = ((least, most), (n - most, n - least))
    return any(0 < low and high < INHABITANTS for low, high in both)


def telling(
    tables: Sequence[Cells], weights: Weights, groups: Iterable[Mask], hidden: Hidden
) -> frozenset[str]:
    """The tables not to be told; `groups` are the categories that weights depend on."""
    found, bases = set(), _bases(tables, weights, [*groups])
    for one in tables:
        told = [
            float(weights[list(people)].sum())
            for label, people in one.inside.items()
            if people and not hidden.has(one.name, label)
        ]
        if told and _tells(told, *bases[one.left_out]):
            found.add(one.name)
    ties = {(one.name, tie.table) for one in tables for tie in _sources(one)}
    near = {a for a, b in ties if b in found} | {b for a, b in ties if a in found}
    return frozenset(found | near)


def _sources(one: Cells) -> Iterator[Tie]:
    """What it is worked out from; a question that decides who is asked is not."""
    return (tie for tie in one.sources if not tie.is_condition)


def _bases(
    tables: Iterable[Cells], weights: Weights, groups: Sequence[Mask]
) -> dict[People, tuple[float, list[Group]]]:
    """By who left a question out: what the others weigh, and their categories.

    Many tables have the same: they are sorted once.
    """
    found = {}
    for left_out in {one.left_out for one in tables}:
        answered = np.ones(len(weights), dtype=bool)
        answered[list(left_out)] = False
        whole = float(weights[answered].sum())
        inside = (weights[group & answered] for group in groups)
        kept = [one for one in inside if len(one) >= INHABITANTS]
        made = [Group.of(one, whole - float(one.sum())) for one in kept]
        found[left_out] = (whole, made)
    return found


def _tells(told: Sequence[float], whole: float, groups: Sequence[Group]) -> bool:
    """Whether a share, of those that weigh so much of all, tells it of a category."""
    for weight in told:
        middle = round(weight / whole, 2)
        low, high = max(0.0, middle - HALF) * whole, (middle + HALF) * whole
        if any(tells_of_a_few(one.between(low, high), one.n) for one in groups):
            return True
    return False


def categories(
    placed: Sequence[Mapping[str, str]], variables: Iterable[str]
) -> Iterator[Mask]:
    """Who is in each category of the margins that weights hold."""
    for variable in variables:
        said = np.array([one[variable] for one in placed])
        for code in np.unique(said[said != ""]):
            yield said == code
