"""Every figure that a table gives: communes first, then their groups.

* A merged commune receives the sum of those that made it; a published value, which
  cannot be added up, receives the mean weighted by the base and is then an estimate.
* A rate published with the number that it is a share of is added up as that number is.
* A commune that was split gives each part its share of the numbers, and its published
  value as an estimate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from jalons.indicators.cells import Made, Status
from jalons.indicators.gathering import Gathered, Part
from jalons.indicators.ground import Ground
from jalons.indicators.groups import PERCENT, RATES, group_figures
from jalons.indicators.lists import distances, numbers
from jalons.indicators.passing import Passed
from jalons.indicators.producers.layouts import GIVEN, Kind, Layout, Measure

Parts = Mapping[str, Part]
Each = Sequence[tuple[Part, float]]
"""What leads to one territory, with the share of it that does."""


def figures(
    gathered: Gathered, layout: Layout, passed: Passed, ground: Ground
) -> Iterator[Made]:
    """Every figure that the table gives, communes first, then their groups."""
    if layout.is_list:
        yield from distances(gathered, layout, passed, ground)
        yield from numbers(gathered, layout, passed, ground)
    else:
        rows: dict[str, list[tuple[Parts, float]]] = defaultdict(list)
        for code, parts in gathered.parts.items():
            for heir in passed.heirs.get(code, ()):
                rows[heir.code].append((parts, heir.share))
        for measure in layout.measures:
            one = measure.indicator
            received = {
                code: [(parts[one], share) for parts, share in each]
                for code, each in rows.items()
            }
            yield from _of_measure(measure, received, ground)


def _of_measure(
    measure: Measure, received: Mapping[str, Each], ground: Ground
) -> Iterator[Made]:
    if measure.kind == Kind.VALUE:
        for code, each in received.items():
            yield _published(code, measure.indicator, each)
        return
    if measure.kind in GIVEN:
        yield from _given(measure, received, ground)
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


def _given(
    measure: Measure, received: Mapping[str, Each], ground: Ground
) -> Iterator[Made]:
    """Rates as published, then those of the groups, from what each is a share of."""
    sums: dict[str, Part] = {}
    for code, each in received.items():
        made = _published(code, measure.indicator, each)
        base = _whole(measure, code, each, ground)
        above = None
        if made.value is not None and base is not None:
            above = made.value * base / PERCENT
        is_exact = measure.kind == Kind.RATE and all(share == 1 for _, share in each)
        if made.status == Status.IMPUTED and is_exact:
            made = replace(made, status=Status.PUBLISHED)
        yield replace(made, numerator=above, base=base)
        sums[code] = Part(above, base, made.status)
    groups = group_figures(measure, sums, ground)
    yield from (one for one in groups if one.code not in sums)


def _whole(measure: Measure, code: str, each: Each, ground: Ground) -> float | None:
    """What a rate is a share of; None when it is not known."""
    if measure.kind == Kind.RATE_OF_INHABITANTS:
        return ground.population.get(code)
    if measure.kind == Kind.RATE_OF_HOUSEHOLDS:
        return ground.households.get(code)
    if any(part.base is None for part, _ in each):
        return None
    return sum((part.base or 0) * share for part, share in each)


def _published(code: str, indicator: str, each: Each) -> Made:
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


NOBODY = Part(0.0, 0.0, Status.PUBLISHED)


def _added(each: Each) -> tuple[float | None, float | None]:
    """Number and base of what leads to one territory; a number unknown in part is not
    known."""
    if len(each) == 1 and each[0][1] == 1:
        # Nearly all communes are those of the file.
        return each[0][0].value, each[0][0].base or 0.0
    base = sum((part.base or 0) * share for part, share in each)
    if any(part.value is None for part, _ in each):
        return None, base
    return sum((part.value or 0) * share for part, share in each), base


def _summed(measure: Measure, code: str, each: Each, ground: Ground) -> Part:
    total, base = _added(each)
    if measure.kind == Kind.LEVEL and not total:
        return NOBODY
    if measure.kind == Kind.PER_HOUSEHOLDS:
        base = ground.households.get(code)
    if total is None:
        return Part(None, base, _reason(part for part, _ in each))
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
