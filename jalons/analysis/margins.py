"""Weights of people met in the field, on the margins of the population.

Margins asked for together (commune, sex, age band) are given to `weighting.rake`. When
nobody was met in a band of ages, it is joined to the next one, in the sample as in the
population; when nobody was met in a commune or of a sex, no weight helps: that margin
is left out, and said. Whoever has not said their sex or their age keeps the weight 1,
rather than being forgotten.

At a hundred answers margins are often out of reach: what was joined, left out, or not
reached is part of the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.weighted import design_effect
from jalons.analysis.weighting import Margin, Raking, rake


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the population on one variable: people by category, in order.

    `is_ordered`: neighbouring categories may be joined.
    """

    name: str
    people: Mapping[str, float]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Categories counted together because nobody was met in one of them."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A category of the population in which nobody was met: its margin is left out."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The weights, one a person, mean 1, and what it took to find them.

    `used` names the margins held; without any, every weight is 1.
    """

    weights: NDArray[np.float64]
    used: tuple[str, ...]
    raking: Raking | None
    joined: tuple[Joined, ...]
    missing: tuple[Missing, ...]

    @property
    def converged(self) -> bool:
        return self.raking is not None and self.raking.converged

    @property
    def is_weighted(self) -> bool:
        return self.raking is not None and self.raking.is_possible

    @property
    def design_effect(self) -> float | None:
        return design_effect(self.weights)


def adjust(
    people: Sequence[Mapping[str, str]], population: Sequence[Known]
) -> Adjusted:
    """Weights that bring the people met to the margins known.

    >>> met = [{"sex": "woman"}] * 3 + [{"sex": "man"}]
    >>> found = adjust(met, [Known("sex", {"woman": 50, "man": 50})])
    >>> found.weights.round(3).tolist(), found.used
    ([0.667, 0.667, 0.667, 2.0], ('sex',))
    """
    margins: list[Margin] = []
    joined: list[Joined] = []
    missing: list[Missing] = []
    for known in population:
        said = [one.get(known.name, "") for one in people]
        groups = _groups(known, said)
        joined += [Joined(known.name, group) for group in groups if len(group) > 1]
        if sum(count > 0 for count in known.people.values()) < 2:
            continue  # a single commune: everybody lives there
        alone = tuple(g[0] for g in groups if not set(g) & set(said))
        if alone or len(groups) < 2:
            missing.append(Missing(known.name, alone))
        else:
            margins.append(_margin(known, groups, said))
    raking = rake(margins, is_trimmed=True) if margins and people else None
    weights, used = np.ones(len(people)), tuple[str, ...]()
    if raking is not None and raking.is_possible:
        weights = np.where(raking.weights > 0, raking.weights, 1.0)
        used = tuple(margin.name for margin in margins)
    return Adjusted(weights, used, raking, tuple(joined), tuple(missing))


def _groups(known: Known, said: Sequence[str]) -> list[tuple[str, ...]]:
    """The categories, those without anybody joined to the one before, or after."""
    present = {label for label, count in known.people.items() if count > 0}
    labels = [label for label in known.people if label in present]
    groups: list[tuple[str, ...]] = []
    for label in labels:
        is_met = label in said
        waits = groups and known.is_ordered and not set(groups[-1]) & set(said)
        if groups and known.is_ordered and (not is_met or waits):
            groups[-1] = (*groups[-1], label)
        else:
            groups.append((label,))
    return groups


def _margin(
    known: Known, groups: Sequence[tuple[str, ...]], said: Sequence[str]
) -> Margin:
    place = {label: at for at, group in enumerate(groups) for label in group}
    total = sum(known.people.values())
    return Margin(
        known.name,
        tuple("+".join(group) for group in groups),
        np.array([place.get(one, -1) for one in said]),
        tuple(sum(known.people[label] for label in group) / total for group in groups),
    )
