"""The crossings: maturity, political resources, density, vulnerability (rules 10–15).

Each is a table of territories, one row per class of context, and a reading: the
share of one group of columns in two groups of rows. All readings are judged
together, so that looking at several of them does not invent a difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np

from jalons.analysis.crosstab import (
    Finding,
    Table,
    adjusted,
    compare,
    crosstab,
    empty_combinations,
    independence,
)
from jalons.analysis.intervals import wilson
from jalons.analysis.robustness import says_the_same
from jalons.observatory.answer_results import TOTAL, Count
from jalons.observatory.material import Material, Place, Standing
from jalons.observatory.results import (
    Crossing,
    Line,
    Reading,
    Variant,
    VariantCode,
    WholeTest,
)
from jalons.observatory.variables import (
    TOGETHER,
    Rows,
    Spec,
    column_value,
    columns_of,
    rows_of,
    specs_for,
)

VARIANTS: tuple[VariantCode, ...] = ("per_inhabitants", "without_counts")


@dataclass(frozen=True, slots=True)
class _Made:
    """A crossing under way: its rows, its units and their column, its counts."""

    spec: Spec
    rows: Rows
    units: tuple[Place, ...]
    values: tuple[str | None, ...]
    table: Table


def crossings(material: Material) -> tuple[Crossing, ...]:
    """Every crossing that the material allows, read together."""
    made = [
        one
        for spec in specs_for(material)
        if (one := _make(spec, material, spec.columns)) is not None
    ]
    readings = _readings(material, made)
    variants = _variants(material, made, readings)
    return tuple(
        replace(
            _crossing(one, material),
            reading=readings.get(one.spec.code),
            checked=_checked(one, material),
            variants=variants.get(one.spec.code, ()),
        )
        for one in made
    )


def _make(spec: Spec, material: Material, variable: str) -> _Made | None:
    """The counts; None when the questionnaire or the context cannot give them.

    `variable` takes the place of the columns in the variants.
    """
    columns = columns_of(spec.columns, material.definition)
    units, standings = _units(spec, material)
    rows = rows_of(spec, material)
    labels = rows.of(units)
    values = tuple(column_value(variable, p, standings.get(p.code)) for p in units)
    if not (columns and any(labels) and any(values)):
        return None
    table = crosstab(labels, values, rows.order, columns)
    return _Made(spec, rows, units, values, table)


def _units(
    spec: Spec, material: Material
) -> tuple[tuple[Place, ...], Mapping[str, Standing]]:
    """The territories counted, and what is known of them.

    Two official variables are crossed over the whole perimeter.
    """
    if spec.columns == "density":
        return material.places, material.standings
    if spec.columns == "political":
        return material.answered, material.replies
    return material.used, material.standings


def _crossing(one: _Made, material: Material) -> Crossing:
    table, spec = one.table, one.spec
    totals = [one.values.count(column) for column in table.column_labels]
    inside = table.counts.sum(axis=0).tolist()
    is_sample = spec.columns != "density"
    populations = _populations(one, material, table.row_labels)
    return Crossing(
        code=spec.code,
        row_variable=spec.rows,
        column_variable=spec.columns,
        columns=table.column_labels,
        lines=tuple(
            _line(label, row.tolist(), size if is_sample else None)
            for label, row, size in zip(
                table.row_labels, table.counts, populations, strict=True
            )
        ),
        total=_line(TOTAL, totals, len(material.places) if is_sample else None),
        without=tuple(
            total - count for total, count in zip(totals, inside, strict=True)
        ),
        test=_whole_test(table) if spec.first else None,
        empty=empty_combinations(table) if spec.columns == "density" else (),
    )


def _line(label: str, counts: Sequence[int], population: int | None) -> Line:
    """Counts with intervals, for n of `population`; without it nothing is sampled."""
    n = sum(counts)
    intervals = [
        wilson(count, n, population) if population is not None else None
        for count in counts
    ]
    return Line(label, n, tuple(map(Count, counts, repeat(n), intervals)))


def _populations(
    one: _Made, material: Material, labels: Sequence[str]
) -> tuple[int, ...]:
    """Territories of the perimeter in each row, answering or not."""
    rows = one.rows.of(material.places)
    return tuple(rows.count(label) for label in labels)


def _whole_test(table: Table) -> WholeTest | None:
    found = independence(table)
    if found is None:
        return None
    return WholeTest(found.name, found.p_value, found.cramers_v, found.draws)


def _readings(material: Material, made: Sequence[_Made]) -> dict[str, Reading]:
    """What each crossing allows to say, p being adjusted for their number."""
    read = [one for one in made if _groups(one) is not None]
    findings = adjusted([_finding(one, material) for one in read])
    return {
        one.spec.code: Reading(
            columns=one.spec.read_columns(one.table.column_labels),
            first_rows=one.rows.within(one.spec.first),
            last_rows=one.rows.within(one.spec.last),
            finding=finding,
            lines=_read_lines(one, material),
        )
        for one, finding in zip(read, findings, strict=True)
    }


def _read_lines(one: _Made, material: Material) -> tuple[Line, ...]:
    """In each row, the columns read taken together."""
    labels, table = one.table.column_labels, one.table
    read = np.isin(labels, one.spec.read_columns(labels))
    sizes = _populations(one, material, table.row_labels)
    return tuple(
        Line(label, n, (Count(count, n, wilson(count, n, size)),))
        for label, count, n, size in zip(
            table.row_labels,
            table.counts[:, read].sum(axis=1).tolist(),
            table.counts.sum(axis=1).tolist(),
            sizes,
            strict=True,
        )
    )


def _groups(one: _Made) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The two groups of rows compared; None when rows put together straddle both."""
    first, last = one.rows.within(one.spec.first), one.rows.within(one.spec.last)
    covered = TOGETHER.join((*first, *last)).split(TOGETHER)
    whole = {*one.spec.first, *one.spec.last}
    return (first, last) if whole and set(covered) == whole else None


def _finding(one: _Made, material: Material) -> Finding:
    """The two groups of rows, on the columns read against all the others."""
    spec, table = one.spec, one.table
    groups = (one.rows.within(spec.first), one.rows.within(spec.last))
    read = np.isin(table.column_labels, spec.read_columns(table.column_labels))
    counts = []
    for group in groups:
        row = table.counts[np.isin(table.row_labels, group)].sum(axis=0)
        counts.append([row[read].sum(), row[~read].sum()])
    populations = [sum(_populations(one, material, group)) for group in groups]
    merged = Table(("first", "last"), ("read", "others"), np.array(counts))
    return compare(merged, populations=populations)


def _variants(
    material: Material, made: Sequence[_Made], readings: dict[str, Reading]
) -> dict[str, tuple[Variant, ...]]:
    """The variants of rule 12 whose sentence differs, for each maturity crossing.

    A variant replaces the class in every crossing at once and is judged with them,
    so that it differs by the score alone.
    """
    found: dict[str, tuple[Variant, ...]] = {}
    for name in VARIANTS:
        again = [_with_variant(one, material, name) for one in made]
        for code, reading in _readings(material, again).items():
            finding, usual = reading.finding, readings[code].finding
            if not says_the_same(usual, finding):
                variant = Variant(name, finding.kind, finding.first_is_higher, finding)
                found[code] = (*found.get(code, ()), variant)
    return found


def _checked(one: _Made, material: Material) -> tuple[VariantCode, ...]:
    """The variants that can be computed: they need the answers themselves."""
    found = (name for name in VARIANTS if _with_variant(one, material, name) is not one)
    return tuple(found)


def _with_variant(one: _Made, material: Material, name: str) -> _Made:
    """The crossing with classes of a variant; itself where no answer is kept."""
    if one.spec.columns != "maturity":
        return one
    return _make(one.spec, material, name) or one
