"""Does a crossing still say the same thing once size is taken out of the score?

Three questions of the grid count things (types of actors, full-time equivalents), so
that a large territory scores higher without being more mature. A crossing is repeated
(a) with those full-time equivalents per 10 000 inhabitants, (b) without the three
questions, the total being rescaled (`scoring.rescaled_without`). When the
sentence changes, both are printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from jalons.analysis.crosstab import Finding

PER_INHABITANTS = 10_000
ABSOLUTE_COUNTS = ("R2a", "R3", "S1")
"""Questions whose answer grows with the size of the territory."""


def says_the_same(finding: Finding, variant: Finding) -> bool:
    """Whether two findings lead to the same sentence: same kind, same direction."""
    if finding.kind != variant.kind:
        return False
    if finding.kind != "difference":
        return True
    return finding.first_is_higher == variant.first_is_higher


def reassigned_points(
    points: Sequence[int], quantities: Sequence[float], populations: Sequence[int]
) -> tuple[int, ...]:
    """Give the same points again, by quantity per 10 000 inhabitants.

    No new limits are invented: as many territories get each number of points as
    before, the highest rates first. A territory with nothing keeps zero; equal
    rates share the lowest of the points they would have had. Answers given as a
    bracket are taken at its middle, an open one at its start.

    >>> reassigned_points([4, 1, 0], [6.0, 0.5, 0], [200_000, 5_000, 8_000])
    (1, 4, 0)
    """
    rates = [
        PER_INHABITANTS * quantity / population
        for quantity, population in zip(quantities, populations, strict=True)
    ]
    order = sorted(range(len(rates)), key=lambda at: rates[at], reverse=True)
    given = dict(zip(order, sorted(points, reverse=True), strict=True))
    lowest: dict[float, int] = {}
    for at in order:
        lowest[rates[at]] = given[at] if rates[at] > 0 else 0
    return tuple(lowest[rate] for rate in rates)
