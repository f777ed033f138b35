"""Definition of an index: indicators, their axes, their weights, the rules of the mean.

A definition is written in a file that experts review (`index_file`), or is made from
one by a user who changes weights: integers from 0 to 10, as relative importance. Zero
unticks. All weights times the same number are the same index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from jalons.analysis.normalisation import Direction, Scale
from jalons.analysis.observations import Array

Aggregation = Literal["arithmetic", "geometric"]

LEAST_WEIGHT_SHARE = 0.75
LEAST_PER_AXIS = 1
GREATEST_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that counts in an index; `raised_by` says which values raise it."""

    code: str
    weight: float = 1
    raised_by: Direction = "higher"


@dataclass(frozen=True, slots=True)
class Group:
    """An axis, or any mean of parts that are themselves indicators or groups."""

    code: str
    parts: tuple[Indicator | Group, ...]
    weight: float = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """What must be known for a score to be given."""

    least_weight_share: float = LEAST_WEIGHT_SHARE
    least_per_axis: int = LEAST_PER_AXIS


@dataclass(frozen=True, slots=True)
class Index:
    """Definition of an index: its axes, their scale, the mean and the coverage rule.

    Parts of weight zero are unticked: they take no part in anything.
    """

    code: str
    axes: tuple[Group, ...]
    scale: Scale = Scale()
    aggregation: Aggregation = "arithmetic"
    coverage: Coverage = Coverage()

    def __post_init__(self) -> None:
        """Refuse codes used twice, negative weights, an index of nothing."""
        parts = list(_parts(Group(self.code, self.axes)))
        if any(part.weight < 0 for part in parts):
            raise ValueError("a weight is never negative")
        if len({part.code for part in parts}) < len(parts):
            raise ValueError("two parts of the index have the same code")
        if self.aggregation not in ("arithmetic", "geometric"):
            raise ValueError(f"no mean named {self.aggregation}")
        if not ticked(self).parts:
            raise ValueError("an index needs an indicator whose weight is not zero")


def _parts(group: Group) -> Iterator[Indicator | Group]:
    yield group
    for part in group.parts:
        if isinstance(part, Group):
            yield from _parts(part)
        else:
            yield part


def ticked(index: Index) -> Group:
    """The whole index as one group, without the parts whose weight is zero."""
    return _ticked(Group(index.code, index.axes))


def _ticked(group: Group) -> Group:
    kept: list[Indicator | Group] = []
    for part in group.parts:
        inner = _ticked(part) if isinstance(part, Group) else part
        if part.weight > 0 and not (isinstance(inner, Group) and not inner.parts):
            kept.append(inner)
    return replace(group, parts=tuple(kept))


def indicators_of(group: Group) -> tuple[Indicator, ...]:
    """The indicators under a group, in order."""
    return tuple(part for part in _parts(group) if isinstance(part, Indicator))


def reweighted(index: Index, weights: Mapping[str, int]) -> Index:
    """The index with the weights of some parts chosen by a user: integers 0 to 10.

    The result differs from `index` when it is to be called a personalised index.

    >>> index = Index("i", (Group("axis", (Indicator("a"), Indicator("b"))),))
    >>> without_b = reweighted(index, {"b": 0})
    >>> [one.code for one in indicators_of(ticked(without_b))], without_b == index
    (['a'], False)
    """
    known = {part.code for axis in index.axes for part in _parts(axis)}
    for code, weight in weights.items():
        if code not in known:
            raise ValueError(f"the index {index.code} has no part {code}")
        if not isinstance(weight, int) or not 0 <= weight <= GREATEST_WEIGHT:
            raise ValueError(f"{code}: a weight is an integer from 0 to 10")
    axes = Group(index.code, index.axes)
    changed = _with_weights(axes, weights).parts
    return replace(index, axes=tuple(a for a in changed if isinstance(a, Group)))


def _with_weights(group: Group, weights: Mapping[str, int]) -> Group:
    return replace(
        group,
        parts=tuple(
            replace(
                _with_weights(part, weights) if isinstance(part, Group) else part,
                weight=weights.get(part.code, part.weight),
            )
            for part in group.parts
        ),
    )


def shares(group: Group) -> Array:
    """Weight of each indicator in the whole, all known: they sum to 1.

    >>> skills = Group("skills", (Indicator("age"), Indicator("diploma")))
    >>> access = Group("access", (Indicator("poverty"),))
    >>> shares(Group("index", (skills, access))).tolist()
    [0.25, 0.25, 0.5]
    """
    total = sum(part.weight for part in group.parts)
    return np.concatenate(
        [
            part.weight
            / total
            * (shares(part) if isinstance(part, Group) else np.ones(1))
            for part in group.parts
        ]
    )
