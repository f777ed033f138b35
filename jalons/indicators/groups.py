"""Figures of EPCI, départements and régions, from those of their communes.

They are recomputed from numerators and bases, never from rates; when too much is
masked, the reason is kept instead of a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from jalons.analysis.observations import rates_of_parents
from jalons.indicators.cells import Made, Status
from jalons.indicators.gathering import Part
from jalons.indicators.ground import Ground
from jalons.indicators.producers.layouts import GIVEN, Kind, Measure

# A rate of a group needs three quarters of its base: under that, it would describe the
# large communes only.
LEAST_KNOWN_SHARE = 0.75
# Shares are quotients: the last digit may be lost.
ALL_KNOWN = 1 - 1e-9
RATES = (Kind.RATIO, Kind.COMPLEMENT, Kind.PER_HOUSEHOLDS, *GIVEN)
PERCENT = 100.0


def group_figures(
    measure: Measure, sums: Mapping[str, Part], ground: Ground
) -> Iterator[Made]:
    """The groups of communes; numbers need all of them, rates most of their base.

    A commune that the file does not mention is not known: it lowers the share known of
    its groups by its inhabitants.
    """
    groups: list[str] = []
    above: list[float] = []
    below: list[float] = []
    secret: set[str] = set()
    is_rate = measure.kind in RATES
    told = {code for code, part in sums.items() if part.base is not None}
    untold = ground.people_of(ground.groups.keys() - told)
    for code, part in sums.items():
        base = part.base if is_rate else ground.population.get(code, 0)
        around = ground.groups.get(code, ())
        groups += around
        above += [np.nan if part.value is None else part.value] * len(around)
        below += [np.nan if base is None else float(base)] * len(around)
        if part.status == Status.SECRET:
            secret.update(around)
    if not groups:
        return
    found = rates_of_parents(groups, above, below)
    for group, above_, below_, share in zip(
        found.codes, found.numerator, found.denominator, found.known_share, strict=True
    ):
        if everybody := ground.people[group]:
            share *= 1 - untold[group] / everybody
        least = LEAST_KNOWN_SHARE if measure.kind in RATES else ALL_KNOWN
        if share < least or (measure.kind in RATES and not below_):
            reason = Status.SECRET if group in secret else Status.MISSING
            yield Made(group, measure.indicator, None, reason, known_share=float(share))
            continue
        value = PERCENT * above_ / below_ if measure.kind in RATES else above_
        yield Made(
            group,
            measure.indicator,
            float(value),
            Status.PUBLISHED,
            float(above_),
            float(below_),
            float(share),
        )
