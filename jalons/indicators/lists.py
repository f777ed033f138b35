"""Figures made from a list of things: how many there are, how far the nearest is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from jalons.analysis.distances import nearest_km
from jalons.indicators.cells import Made, Status
from jalons.indicators.gathering import Gathered, Part
from jalons.indicators.ground import Ground
from jalons.indicators.groups import PERCENT, group_figures
from jalons.indicators.passing import Passed
from jalons.indicators.producers import bpe
from jalons.indicators.producers.layouts import Kind, Layout, Measure


def numbers(
    gathered: Gathered, layout: Layout, passed: Passed, ground: Ground
) -> Iterator[Made]:
    """Things counted: once in each commune, once in each group; none elsewhere."""
    counts: dict[str, dict[str, int]] = {
        measure.indicator: defaultdict(int)
        for measure in layout.measures
        if measure.kind == Kind.COUNT
    }
    for thing in gathered.things:
        communes = {
            max(heirs, key=lambda heir: heir.share).code
            for heirs in (passed.heirs.get(code, ()) for code in thing.codes)
            if heirs
        }
        around = {group for code in communes for group in ground.groups.get(code, ())}
        for indicator in counts.keys() & thing.indicators:
            for code in communes | around:
                counts[indicator][code] += 1
    everywhere = {*ground.groups, *(g for each in ground.groups.values() for g in each)}
    for indicator, found in counts.items():
        # A list without a single thing of a kind does not say that there is none.
        for code in everywhere if found else ():
            number = float(found.get(code, 0))
            yield Made(code, indicator, number, Status.PUBLISHED, number)


def distances(
    gathered: Gathered, layout: Layout, passed: Passed, ground: Ground
) -> Iterator[Made]:
    """Mean distance of each commune to the nearest places; of groups, by population."""
    places: dict[str, set[str]] = defaultdict(set)
    for thing in gathered.things:
        for code in thing.codes:
            places[thing.type.lower()] |= {h.code for h in passed.heirs.get(code, ())}
    codes = [code for code in ground.groups if code in ground.centres]
    points = [ground.centres[code] for code in codes]
    for measure in layout.measures:
        if measure.kind != Kind.DISTANCE:
            continue
        each = [
            nearest_km(
                points,
                [
                    ground.centres[code]
                    for one in types
                    for code in sorted(places.get(one, ()))
                    if code in ground.centres
                ],
            )
            for types in bpe.baskets(measure.indicator)
        ]
        means = np.mean(each, axis=0)
        if np.isnan(means).any():
            continue
        weighed = {
            code: Part(
                float(km) * ground.population.get(code, 0),
                float(ground.population.get(code, 0)),
                Status.PUBLISHED,
            )
            for code, km in zip(codes, means, strict=True)
        }
        for code, km in zip(codes, means, strict=True):
            yield Made(code, measure.indicator, float(km), Status.PUBLISHED)
        rate = Measure(measure.indicator, Kind.RATIO)
        for made in group_figures(rate, weighed, ground):
            yield Made(
                made.code,
                made.indicator,
                None if made.value is None else made.value / PERCENT,
                made.status,
                base=made.base,
                known_share=made.known_share,
            )
