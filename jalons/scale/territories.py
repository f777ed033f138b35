"""The respondents of each territory combined: medians of their totals, and the class.

`analysis.respondents.combined` by medians is the reference, then
`scoring.classify_in`: the class is read on the low median, is uncertain when the high
one has another, and borderline when it falls between two published classes.
Medians of whole numbers are whole or half: equal to the last bit.
"""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from jalons.analysis.scoring import GAP
from jalons.scale.points import Form, position


def combined(form: Form, scored: Table) -> Table:
    """One row a territory that answered: `n`, `low`, `high`, `minimum`, `maximum`…"""
    bounds = ["low", "high"]
    bounds += [f"{bound}:{one}" for one in form.dimensions for bound in bounds[:2]]
    medians = {name: scored[name].median() for name in bounds}
    rows = scored.group_by("territory").aggregate(
        n=scored.count(),
        minimum=scored["low"].min(),
        maximum=scored["high"].max(),
        **medians,
    )
    classes, low = form.grid.classes, rows["low"]
    between = ibis.or_(
        ibis.literal(False),
        *((low > one.low - GAP) & (low < one.low) for one in classes[1:]),
    )
    found = rows.mutate(
        **{
            "class": position(classes, low),
            "class_high": position(classes, rows["high"]),
        }
    )
    return found.mutate(
        is_uncertain=found["class"] != found["class_high"], is_borderline=between
    ).order_by("territory")
