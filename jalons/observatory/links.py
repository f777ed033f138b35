"""The two facilitators, tested question against question (rule 13).

One answer per territory: where respondents disagree, or where nobody knows, the
territory is left out of that pair and counted.
"""

from __future__ import annotations

from jalons.analysis.crosstab import Table, adjusted, compare, crosstab
from jalons.analysis.facilitators import NO, PAIRS, YES, Pair
from jalons.analysis.intervals import wilson
from jalons.observatory.material import Material
from jalons.observatory.results import Count, Link


def links(material: Material) -> tuple[Link, ...]:
    """The four pairs, p being adjusted for their number."""
    if not any(standing.sides for standing in material.standings.values()):
        return ()
    tables = [pair_table(material, pair) for pair in PAIRS]
    populations = [_populations(material, table) for table in tables]
    findings = adjusted(
        [
            compare(table, populations=sizes)
            for table, sizes in zip(tables, populations, strict=True)
        ]
    )
    return tuple(
        Link(
            facilitator=pair.facilitator.code,
            outcome=pair.outcome.code,
            yes=_count(table, 0, sizes[0]),
            no=_count(table, 1, sizes[1]),
            left_out=table.left_out,
            finding=finding,
            remarks=pair.remarks,
        )
        for pair, table, sizes, finding in zip(
            PAIRS, tables, populations, findings, strict=True
        )
    )


def _populations(material: Material, table: Table) -> tuple[int, int]:
    """Territories of the perimeter behind each row, had all of them answered.

    Nobody knows how many of those that did not answer have a facilitator: the rows
    are taken to weigh as much among them.
    """
    share = len(material.places) / max(len(material.used), 1)
    with_it, without_it = table.counts.sum(axis=1).tolist()
    return round(with_it * share), round(without_it * share)


def side_values(material: Material, code: str) -> list[str | None]:
    """Yes, no, or None for each territory used, in the order of the perimeter."""
    said = [material.standings[place.code].sides.get(code) for place in material.used]
    return [None if value is None else YES if value else NO for value in said]


def pair_table(material: Material, pair: Pair) -> Table:
    return crosstab(
        side_values(material, pair.facilitator.code),
        side_values(material, pair.outcome.code),
        (YES, NO),
        (YES, NO),
    )


def _count(table: Table, row: int, population: int) -> Count:
    """Territories that have the outcome, among those of one row."""
    counts = table.counts[row]
    count, n = int(counts[0]), int(counts.sum())
    return Count(count, n, wilson(count, n, population))
