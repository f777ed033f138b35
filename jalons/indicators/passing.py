"""From the codes of a file to figures of the territories of today, and of their groups.

* A merged commune receives the sum of those that made it; a published value, which
  cannot be added up, receives the mean weighted by the base and is then an estimate.
* A commune that was split gives each part its share of the numbers, and its published
  value as an estimate.
* Quarters of Paris, Lyon and Marseille make their commune, when it is not in the file.
* EPCI, départements and régions are recomputed from numerators and bases, never from
  rates; when too much is masked, the reason is kept instead of a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jalons.analysis.distances import nearest_km
from jalons.analysis.observations import rates_of_parents
from jalons.indicators.cells import Status
from jalons.indicators.gathering import Gathered, Part
from jalons.indicators.producers import bpe
from jalons.indicators.producers.layouts import Kind, Layout, Measure
from jalons.territories.passage import Fate, Heir, Passage

# A rate of a group needs three quarters of its base: under that, it would describe the
# large communes only.
LEAST_KNOWN_SHARE = 0.75
# Shares are quotients: the last digit may be lost.
ALL_KNOWN = 1 - 1e-9
RATES = (Kind.RATIO, Kind.COMPLEMENT, Kind.PER_HOUSEHOLDS)
PERCENT = 100.0
QUARTERS = {"751": "75056", "6938": "69123", "132": "13055"}


@dataclass(frozen=True, slots=True)
class Made:
    """One figure, ready to be written."""

    code: str
    indicator: str
    value: float | None
    status: Status
    numerator: float | None = None
    base: float | None = None
    known_share: float | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the territories of today."""

    passage: Passage
    population: Mapping[str, int]
    groups: Mapping[str, Sequence[str]]
    """EPCI, département and région of each commune."""
    centres: Mapping[str, tuple[float, float]]
    households: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Passed:
    """What became of the codes of a file."""

    heirs: Mapping[str, tuple[Heir, ...]]
    merged: Mapping[str, str]
    split: Mapping[str, tuple[str, ...]]
    ambiguous: Mapping[str, tuple[str, ...]]
    unknown: Sequence[str]


def pass_codes(
    codes: Collection[str], passage: Passage, year: int, *, is_list: bool = False
) -> Passed:
    """Where each code of a file of that year leads today.

    A quarter is left out when its commune is there too, except in a list of things.
    """
    heirs: dict[str, tuple[Heir, ...]] = {}
    told: dict[Fate, dict[str, tuple[Heir, ...]]] = defaultdict(dict)
    for code in codes:
        whole = _commune_of_quarter(code)
        if whole and whole in codes and not is_list:
            continue
        passed = passage.of(whole or code, year)
        heirs[code] = passed.heirs
        told[Fate.MERGED if whole else passed.fate][code] = passed.heirs
    return Passed(
        heirs,
        {code: each[0].code for code, each in told[Fate.MERGED].items()},
        {code: tuple(h.code for h in each) for code, each in told[Fate.SPLIT].items()},
        {
            code: tuple(h.code for h in each)
            for code, each in told[Fate.AMBIGUOUS].items()
        },
        sorted(told[Fate.UNKNOWN]),
    )


def _commune_of_quarter(code: str) -> str:
    for prefix, commune in QUARTERS.items():
        if code.startswith(prefix) and len(code) == len(commune):
            return commune
    return ""


def figures(
    gathered: Gathered, layout: Layout, passed: Passed, ground: Ground
) -> Iterator[Made]:
    """Every figure that the table gives, communes first, then their groups."""
    if layout.finish == "distances":
        yield from _distances(gathered, layout, passed, ground)
    elif layout.is_list:
        yield from _numbers(gathered, layout, passed, ground)
    else:
        for measure in layout.measures:
            yield from _of_measure(measure, gathered, passed, ground)


def _of_measure(
    measure: Measure, gathered: Gathered, passed: Passed, ground: Ground
) -> Iterator[Made]:
    received: dict[str, list[tuple[Part, float]]] = defaultdict(list)
    for code, parts in gathered.parts.items():
        for heir in passed.heirs.get(code, ()):
            received[heir.code].append((parts[measure.indicator], heir.share))
    if measure.kind == Kind.VALUE:
        for code, each in received.items():
            yield _published(code, measure.indicator, each)
        return
    sums = {
        code: _summed(measure, code, each, ground) for code, each in received.items()
    }
    for code, part in sums.items():
        # Nobody lives in the other levels of a commune: only its own is written.
        if measure.kind != Kind.LEVEL or part.value:
            yield _figure(code, measure, part)
    # A group that has its own row in the file keeps the figure given for it.
    groups = group_figures(measure, sums, ground)
    yield from (one for one in groups if one.code not in sums)


def _published(code: str, indicator: str, each: list[tuple[Part, float]]) -> Made:
    """A published value; an estimate when the commune is not the one published."""
    if len(each) == 1:
        (part, share) = each[0]
        status = part.status
        if part.value is not None and share < 1:
            status = Status.IMPUTED
        return Made(code, indicator, part.value, status, base=part.base)
    weights = [(p.value, (p.base or 0) * share) for p, share in each]
    base = sum(weight for value, weight in weights if value is not None)
    if any(value is None for value, _ in weights) or not base:
        reason = _reason([part for part, _ in each])
        return Made(code, indicator, None, reason)
    mean = sum(value * weight for value, weight in weights if value is not None) / base
    return Made(code, indicator, mean, Status.IMPUTED, base=base)


def _reason(parts: Iterable[Part]) -> Status:
    """Why a sum is not known: a secret in it is one."""
    statuses = {part.status for part in parts}
    return Status.SECRET if Status.SECRET in statuses else Status.MISSING


def _summed(
    measure: Measure, code: str, each: list[tuple[Part, float]], ground: Ground
) -> Part:
    base: float | None = sum((part.base or 0) * share for part, share in each)
    if measure.kind == Kind.PER_HOUSEHOLDS:
        base = ground.households.get(code)
    if any(part.value is None for part, _ in each):
        return Part(None, base, _reason(part for part, _ in each))
    total = sum((part.value or 0) * share for part, share in each)
    if measure.kind == Kind.LEVEL:
        people = float(ground.population.get(code, 0))
        return Part(people * total / base if base else 0.0, people, Status.PUBLISHED)
    if measure.kind in RATES and not base:
        return Part(None, None, Status.MISSING)
    return Part(total, base, Status.PUBLISHED)


def _figure(code: str, measure: Measure, part: Part) -> Made:
    if part.value is None:
        return Made(code, measure.indicator, None, part.status, base=part.base)
    value = part.value
    if measure.kind in RATES and part.base:
        value = PERCENT * part.value / part.base
    return Made(code, measure.indicator, value, Status.PUBLISHED, part.value, part.base)


def group_figures(
    measure: Measure, sums: Mapping[str, Part], ground: Ground
) -> Iterator[Made]:
    """The groups of communes; numbers need all of them, rates most of their base.

    A commune that the file does not mention is not known: it lowers the share known of
    its groups by its inhabitants.
    """
    groups, above, below = [], [], []
    secret: set[str] = set()
    told = _people(ground, {c for c, part in sums.items() if part.base is not None})
    everybody = _people(ground, ground.groups.keys())
    for code, part in sums.items():
        base = part.base if measure.kind in RATES else ground.population.get(code, 0)
        for group in ground.groups.get(code, ()):
            groups.append(group)
            above.append(np.nan if part.value is None else part.value)
            below.append(np.nan if base is None else float(base))
            if part.status == Status.SECRET:
                secret.add(group)
    if not groups:
        return
    found = rates_of_parents(groups, above, below)
    for group, above_, below_, share in zip(
        found.codes, found.numerator, found.denominator, found.known_share, strict=True
    ):
        if everybody[group]:
            share *= told[group] / everybody[group]
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


def _people(ground: Ground, communes: Collection[str]) -> Mapping[str, int]:
    """Inhabitants of some communes, by group."""
    people: dict[str, int] = defaultdict(int)
    for code in communes:
        for group in ground.groups.get(code, ()):
            people[group] += ground.population.get(code, 0)
    return people


def _numbers(
    gathered: Gathered, layout: Layout, passed: Passed, ground: Ground
) -> Iterator[Made]:
    """Things counted: once in each commune, once in each group; none elsewhere."""
    counts: dict[str, dict[str, int]] = {
        measure.indicator: defaultdict(int) for measure in layout.measures
    }
    for thing in gathered.things:
        communes = {
            max(heirs, key=lambda heir: heir.share).code
            for heirs in (passed.heirs.get(code, ()) for code in thing.codes)
            if heirs
        }
        around = {group for code in communes for group in ground.groups.get(code, ())}
        for indicator in thing.indicators:
            for code in communes | around:
                counts[indicator][code] += 1
    everywhere = {*ground.groups, *(g for each in ground.groups.values() for g in each)}
    for indicator, found in counts.items():
        # A list without a single thing of a kind does not say that there is none.
        for code in everywhere if found else ():
            number = float(found.get(code, 0))
            yield Made(code, indicator, number, Status.PUBLISHED, number)


def _distances(
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
