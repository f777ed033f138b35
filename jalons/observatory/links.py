"""The two facilitators, tested question against question (rule 13).

One answer per territory: where respondents disagree, or where nobody knows, the
territory is left out of that pair and counted. Nobody knows how many territories of
the perimeter have a facilitator: the intervals are not corrected for that number, and
are wider for it.
"""

from __future__ import annotations

from jalons.analysis.crosstab import Table, adjusted, compare, crosstab
from jalons.analysis.facilitators import NO, PAIRS, YES, Pair
from jalons.analysis.intervals import wilson
from jalons.observatory.answer_results import Count
from jalons.observatory.material import Material
from jalons.observatory.results import Link


def links(material: Material) -> tuple[Link, ...]:
    """The four pairs, p being adjusted for their number."""
    if not any(reply.sides for reply in material.replies.values()):
        return ()
    tables = [pair_table(material, pair) for pair in PAIRS]
    findings = adjusted([compare(table) for table in tables])
    return tuple(
        Link(
            facilitator=pair.facilitator.code,
            outcome=pair.outcome.code,
            yes=_count(table, 0),
            no=_count(table, 1),
            left_out=table.left_out,
            finding=finding,
            remarks=pair.remarks,
        )
        for pair, table, finding in zip(PAIRS, tables, findings, strict=True)
    )


def side_values(material: Material, code: str) -> list[str | None]:
    """Yes, no, or None for each that answered, in the order of the perimeter."""
    said = [material.replies[place.code].sides.get(code) for place in material.answered]
    return [None if value is None else YES if value else NO for value in said]


def pair_table(material: Material, pair: Pair) -> Table:
    return crosstab(
        side_values(material, pair.facilitator.code),
        side_values(material, pair.outcome.code),
        (YES, NO),
        (YES, NO),
    )


def _count(table: Table, row: int) -> Count:
    """Territories that have the outcome, among those of one row."""
    counts = table.counts[row]
    count, n = int(counts[0]), int(counts.sum())
    return Count(count, n, wilson(count, n))
