"""Headline figures: how many chose each option of a question, of how many.

The base n is the units that answered; blank answers and "ne sait pas" are left out of
it and counted apart. Options of a question to tick add up to more than 100 %. The
interval is Wilson's when each territory answered once, and takes account of the
territories as soon as one answered several times (see `clustered`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jalons.analysis.clustered import clustered_interval
from jalons.analysis.grid import Answer, ticked
from jalons.analysis.intervals import Interval, Share, wilson

Unit = Literal["respondents", "epci"]


@dataclass(frozen=True, slots=True)
class Line:
    """One option and the share of units that chose it."""

    option: str
    share: Share


@dataclass(frozen=True, slots=True)
class Headline:
    """A question: one line per option, the base `n`, its unit, and the missing."""

    unit: Unit
    n: int
    missing: int
    lines: tuple[Line, ...]
    is_clustered: bool


@dataclass(frozen=True, slots=True)
class Base:
    """Who could answer: `territories[i]` gave answer i, of the `population` ones.

    `population` is the number of territories of the perimeter, of use when each
    answered once; leave it out when answers are not tied to territories.
    """

    unit: Unit
    territories: Sequence[str] | None = None
    population: int | None = None


def headline(
    answers: Sequence[Answer | None], options: Sequence[str], base: Base
) -> Headline:
    """Share of units that chose each option.

    >>> found = headline(["a", ["a", "b"], None], ["a", "b"], Base("respondents"))
    >>> found.n, found.missing, [line.share.count for line in found.lines]
    (2, 1, [2, 1])
    """
    chosen = [ticked(answer) for answer in answers]
    known = [at for at, options_of in enumerate(chosen) if options_of]
    names = base.territories
    clusters = [names[at] for at in known] if names is not None else None
    clustered = clusters is not None and len(set(clusters)) < len(clusters)
    lines = []
    for option in options:
        hits = [option in chosen[at] for at in known]
        interval = _interval(hits, clusters if clustered else None, base)
        lines.append(Line(option, _share(hits, interval)))
    return Headline(
        base.unit, len(known), len(answers) - len(known), tuple(lines), clustered
    )


def _share(hits: Sequence[bool], interval: Interval | None) -> Share:
    count, n = sum(hits), len(hits)
    return Share(count, n, count / n if n else None, interval)


def _interval(
    hits: Sequence[bool], clusters: Sequence[str] | None, base: Base
) -> Interval | None:
    if clusters is None:
        return wilson(sum(hits), len(hits), base.population)
    return clustered_interval(hits, clusters)
