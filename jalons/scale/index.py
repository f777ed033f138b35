"""An index of territories, normalised, averaged and ranked: `analysis.composite.score`.

Rows are territories with their inhabitants and one column an indicator, NULL when it is
missing; the reference is all of them. Every formula of `analysis.normalisation`, on one
long table (territory, indicator, value), so that engines share the indicators out:

* bounds to trim at are read between two neighbours in order, as NumPy reads them;
* positions are inhabitants under a lower value, plus half of those under the same one;
* means leave out what is missing, and the coverage rule says who has no score.

Inhabitants are whole numbers: positions, scales from least to greatest and arithmetic
means of percentiles are those of the reference to the last bits (1e-12 in proportion is
promised, since a processor may add in another order). Scores are rounded to
`ranking.RESOLUTION` before they are ranked. Not told here: what rests on inherited
values, and a geometric mean on a scale that goes under zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import NumericValue, Table

from jalons.analysis.composite import ROUNDING
from jalons.analysis.index import Group, Index, Indicator, indicators_of, shares, ticked
from jalons.analysis.normalisation import CUTS, Scale
from jalons.analysis.ranking import RESOLUTION

Values = Mapping[str, NumericValue]


def real(value: float) -> NumericValue:
    """A number on 64 bits: written bare, 0.1 is a decimal to both engines."""
    return ibis.literal(repr(float(value))).cast("float64")


def scored(index: Index, figures: Table) -> Table:
    """`code`, `score`, `rank`, `known_share`, `reason`, each axis, each indicator.

    `figures` has `code`, `population` and the indicators, as numbers.
    """
    if index.aggregation == "geometric" and not _is_above_zero(index.scale):
        raise ValueError("a geometric mean needs a scale above zero")
    whole = ticked(index)
    names = [one.code for one in indicators_of(whole)]
    wide = _wide(figures, names, normalised(index, figures))
    columns = {name: wide[name] for name in names}
    parts: dict[str, NumericValue] = {}
    score = _mean(whole, columns, index.aggregation, parts)
    axes = {part.code: parts[part.code] for part in whole.parts}
    known = _sum(
        [
            column.notnull().ifelse(real(share), real(0))
            for column, share in zip(columns.values(), shares(whole), strict=True)
        ]
    )
    found = wide.mutate(
        with_all=score, known_share=known, reason=_reason(index, columns, known), **axes
    )
    found = found.mutate(
        score=found.reason.isnull().ifelse(found.with_all, ibis.null())
    )
    return _ranked(index, found).drop("with_all").order_by("code")


def _ranked(index: Index, found: Table) -> Table:
    """Rank 1 for the highest score, equal scores sharing the best."""
    read = found.score.ln() if index.aggregation == "geometric" else found.score
    found = found.mutate(units=(read * real(1 / RESOLUTION)).round().cast("int64"))
    rank = ibis.rank().over(order_by=ibis.desc(found.units, nulls_first=False)) + 1
    return found.mutate(rank=found.units.notnull().ifelse(rank, ibis.null())).drop(
        "units"
    )


def _wide(figures: Table, names: list[str], long: Table) -> Table:
    """One row a territory again, NULL where an indicator is missing."""
    each = {name: long["value"].max(where=long["indicator"] == name) for name in names}
    pivoted = long.group_by("code").aggregate(**each)
    return figures.select("code").left_join(pivoted, "code").drop("code_right")


def normalised(index: Index, figures: Table) -> Table:
    """`code`, `indicator`, `value` on the scale of the index; missing rows left out."""
    long = _trimmed(index.scale, _long(index, figures))
    formula = FORMULAS[index.scale.formula]
    return formula(long, index.scale).select("code", "indicator", "value")


def _long(index: Index, figures: Table) -> Table:
    """`code`, `indicator`, `x` (high where the index must be high), `weight`.

    When the scale counts inhabitants, a territory without any weighs nothing: it has a
    value, and is no part of the reference.
    """
    columns = {}
    for one in indicators_of(ticked(index)):
        is_there = one.code in figures.columns
        x = figures[one.code] if is_there else ibis.null("float64")
        columns[one.code] = x if one.raised_by == "higher" else -x
    is_counted = index.scale.weighted_by == "population"
    weight = figures.population if is_counted else real(1)
    wide = figures.select("code", weight=weight, **columns)
    long = wide.pivot_longer(list(columns), names_to="indicator", values_to="x")
    return long.filter(long.x.notnull())


def _trimmed(scale: Scale, long: Table) -> Table:
    """Values beyond two percentiles of the reference, in territories, take theirs."""
    if not scale.trim:
        return long
    known = long.filter(long.weight > 0)
    place = ibis.row_number().over(group_by="indicator", order_by="x")
    size = ibis._.count().over(group_by="indicator")
    placed = known.mutate(place=place, size=size)
    low, high = (_neighbours(placed, share) for share in scale.trim)
    bounds = placed.group_by("indicator").aggregate(
        **{f"low{i}": one for i, one in enumerate(low)},
        **{f"high{i}": one for i, one in enumerate(high)},
    )
    both = long.inner_join(bounds, "indicator")
    least = _between(both.low0, both.low1, both.low2)
    most = _between(both.high0, both.high1, both.high2)
    x = ibis.cases((both.x < least, least), (both.x > most, most), else_=both.x)
    return both.select("code", "indicator", "weight", x=x)


def _neighbours(placed: Table, share: float) -> tuple[NumericValue, ...]:
    """The two values in order around a quantile, and how far it lies between them."""
    at = (placed["size"] - 1) * real(share)
    below = at.floor()
    above = ibis.least(below + 1, placed["size"] - 1)
    return (
        placed.x.max(where=placed.place == below),
        placed.x.max(where=placed.place == above),
        (at - below).max(),
    )


def _between(low: NumericValue, high: NumericValue, share: NumericValue):
    """From the nearer of the two, as `numpy.quantile` does, to the last bit."""
    step = high - low
    return (share < real(0.5)).ifelse(low + step * share, high - step * (1 - share))


def _positioned(long: Table) -> Table:
    """Share of the reference below each value, plus half of what equals it."""
    up_to = long.weight.sum().over(
        ibis.range_window(group_by="indicator", order_by="x", following=0)
    )
    equal = long.weight.sum().over(group_by=["indicator", "x"])
    total = long.weight.sum().over(group_by="indicator")
    sums = long.mutate(up_to=up_to, equal=equal, total=total)
    share = (sums.up_to - sums.equal + sums.up_to) / (2 * sums.total).nullif(0)
    return sums.mutate(share=share)


def _percentile(long: Table, scale: Scale) -> Table:
    found = _positioned(long)
    return found.mutate(
        value=real(scale.low) + real(scale.high - scale.low) * found.share
    )


def _steps(long: Table, scale: Scale) -> Table:
    found = _positioned(long)
    band = _sum([(found.share >= real(cut)).ifelse(real(1), real(0)) for cut in CUTS])
    middle = len(CUTS) / 2
    return found.mutate(value=(band - real(middle)) * real(scale.high / middle))


def _with_ends(long: Table) -> Table:
    """Beside each value, the least and the greatest of the reference."""
    known = long.mutate(known=(long.weight > 0).ifelse(long.x, ibis.null("float64")))
    ends = known.mutate(
        least=known.known.min().over(group_by="indicator"),
        greatest=known.known.max().over(group_by="indicator"),
    )
    return ends.filter(ends.least.notnull())


def _min_max(long: Table, scale: Scale) -> Table:
    ends = _with_ends(long)
    share = (ends.x - ends.least) / (ends.greatest - ends.least).nullif(0)
    within = ibis.cases((share < 0, real(0)), (share > 1, real(1)), else_=share)
    middle = real((scale.low + scale.high) / 2)
    value = real(scale.low) + real(scale.high - scale.low) * within
    return ends.mutate(value=value.fill_null(middle))


def _with_mean(long: Table) -> Table:
    ends = _with_ends(long)
    weights = ends.weight.sum().over(group_by="indicator")
    products = (ends.x * ends.weight).sum().over(group_by="indicator")
    return ends.mutate(weights=weights, mean=products / weights)


def _z_score(long: Table, scale: Scale) -> Table:
    means = _with_mean(long)
    squares = (means.x - means.mean) * (means.x - means.mean) * means.weight
    summed = means.mutate(squares=squares.sum().over(group_by="indicator"))
    deviation = (summed.squares / summed.weights).sqrt()
    value = (summed.x - summed.mean) / deviation.nullif(0)
    is_flat = summed.least == summed.greatest
    return summed.mutate(value=is_flat.ifelse(real(0), value))


def _reference_100(long: Table, scale: Scale) -> Table:
    means = _with_mean(long)
    value = real(100) + real(100) * (means.x - means.mean) / means.mean.abs().nullif(0)
    at_zero = (means.x == 0).ifelse(real(100), ibis.null("float64"))
    return means.mutate(value=(means.mean == 0).ifelse(at_zero, value))


FORMULAS = {
    "percentile": _percentile,
    "min_max": _min_max,
    "z_score": _z_score,
    "reference_100": _reference_100,
    "steps": _steps,
}


def _is_above_zero(scale: Scale) -> bool:
    return scale.formula in ("percentile", "min_max") and scale.low > 0


def _mean(
    part: Indicator | Group, columns: Values, aggregation: str, found: dict
) -> NumericValue:
    """Mean of what is known in a part; every mean on the way is kept in `found`."""
    if isinstance(part, Indicator):
        return columns[part.code]
    below = [_mean(each, columns, aggregation, found) for each in part.parts]
    is_geometric = aggregation == "geometric"
    values = [one.ln() if is_geometric else one for one in below]
    weights = [real(each.weight) for each in part.parts]
    pairs = list(zip(values, weights, strict=True))
    total = _sum([value.notnull().ifelse(weight, real(0)) for value, weight in pairs])
    sums = _sum([(value * weight).fill_null(real(0)) for value, weight in pairs])
    mean = sums / total.nullif(0)
    found[part.code] = mean.exp() if is_geometric else mean
    return found[part.code]


def _reason(index: Index, columns: Values, known: NumericValue):
    """Why a territory has no score: an axis left unknown, or too little weight."""
    rule = index.coverage
    complete = ibis.literal(True)
    for axis in ticked(index).parts:
        if isinstance(axis, Group):
            inside = [columns[one.code] for one in indicators_of(axis)]
            there = _sum([one.notnull().ifelse(1, 0) for one in inside])
            complete &= there >= min(rule.least_per_axis, len(inside))
    some = _sum([one.notnull().ifelse(1, 0) for one in columns.values()]) > 0
    enough = some & (known >= real(rule.least_weight_share - ROUNDING))
    return ibis.cases((~complete, "axis"), (~enough, "weight"))


def _sum(values: list[NumericValue]) -> NumericValue:
    return reduce(add, values)
