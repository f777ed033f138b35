"""The share of a national target that a territory would bear by its population alone.

    part = target × people of the territory ÷ people of France

Reference: the rule of proportion (pro rata by population), the plainest key by which a
national number is shared out; it was chosen here by us, no text shares out these
targets. The targets are those of *France Numérique Ensemble* for 2027 (feuille de route
2023-2027; circular of 28 July 2023 to the prefects).

Not valid as an obligation, nor as a measure of need: a territory where more people are
far from digital tools needs more than its share. A population that is not known gives
no part, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A target, and the part of it that falls to a territory; None: not known."""

    target: int
    part: int | None


def share_of(people: int | None, everybody: int | None) -> float | None:
    """The share of a territory in the population of a country, between 0 and 1.

    >>> share_of(34_000, 68_000_000)
    0.0005
    >>> share_of(None, 68_000_000) is None
    True
    """
    if not people or not everybody:
        return None
    if people > everybody:
        raise ValueError("a territory has no more people than its country")
    return people / everybody


def part_of(target: int, people: int | None, everybody: int | None) -> Part:
    """The part of a target, to the nearest unit; halves go up.

    >>> part_of(25_000, 34_000, 68_000_000)
    Part(target=25000, part=13)
    >>> part_of(8_000_000, 34_000, 68_000_000).part
    4000
    """
    if share_of(people, everybody) is None or not people or not everybody:
        return Part(target, None)
    return Part(target, (2 * target * people + everybody) // (2 * everybody))
