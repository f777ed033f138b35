"""With whom a territory would exchange best: resemblance, shared stakes, distance.

Three closenesses, each from 0 to 1:

* *resemblance*, 1 / (1 + d), where d is the distance of `peers` in standard deviations:
  1 when alike on all criteria, 1/2 one standard deviation apart;
* *stakes*, those that both name over those that either names (Jaccard, 1901);
* *nearness*, 1 / (1 + km / 100): 1/2 at a hundred kilometres, a day's visit.

The score is their mean, weighted 2, 2 and 1, over those that are known: what is not
known is neither good nor bad. Weights and the hundred kilometres are our choices.

It orders proposals that people then discuss. It does not say that an exchange would be
useful, and it is no judgement of merit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COUNT = 5
HALF_KM = 100.0
RESEMBLANCE, STAKES, NEARNESS = 2.0, 2.0, 1.0
LEAST_KNOWN = 0.5
"""Share of the weights that must be known: distance alone would decide otherwise."""


@dataclass(frozen=True, slots=True)
class Other:
    """A territory to choose from; `apart` in standard deviations. None is unknown."""

    code: str
    apart: float | None
    km: float | None
    stakes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Match:
    """One proposal: its score, the closeness on each ground, the stakes in common."""

    code: str
    score: float
    resemblance: float | None
    stakes: float | None
    nearness: float | None
    shared: tuple[str, ...]


def is_advanced(level: int, levels: int) -> bool:
    """Whether a level, from 0, lies in the upper half of so many.

    >>> [is_advanced(level, 4) for level in range(4)]
    [False, False, True, True]
    """
    return 2 * level >= levels


def best(
    mine: frozenset[str] | None, others: Sequence[Other], count: int = COUNT
) -> tuple[Match, ...]:
    """The `count` best proposals for whoever names the stakes `mine`, ties by code.

    >>> near = Other("a", apart=0.0, km=0.0, stakes=frozenset({"x"}))
    >>> best(frozenset({"x"}), [near])[0].score
    1.0
    """
    found = [match for one in others if (match := _match(mine, one))]
    found.sort(key=lambda one: (-round(one.score, 9), one.code))
    return tuple(found[:count])


def _match(mine: frozenset[str] | None, other: Other) -> Match | None:
    """None when too little is known of the two."""
    resemblance = None if other.apart is None else 1 / (1 + other.apart)
    nearness = None if other.km is None else 1 / (1 + other.km / HALF_KM)
    stakes = _in_common(mine, other.stakes)
    weighted = (
        (RESEMBLANCE, resemblance),
        (STAKES, stakes),
        (NEARNESS, nearness),
    )
    known = [(weight, value) for weight, value in weighted if value is not None]
    total = sum(weight for weight, _value in known)
    if total < LEAST_KNOWN * (RESEMBLANCE + STAKES + NEARNESS):
        return None
    score = sum(weight * value for weight, value in known) / total
    shared = tuple(sorted((mine or frozenset()) & (other.stakes or frozenset())))
    return Match(other.code, score, resemblance, stakes, nearness, shared)


def _in_common(
    mine: frozenset[str] | None, theirs: frozenset[str] | None
) -> float | None:
    """Unknown when one of them named none."""
    if not mine or not theirs:
        return None
    return len(mine & theirs) / len(mine | theirs)
