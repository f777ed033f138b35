"""I2: how much of the planned budget funders have granted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jalons.evaluation.computing import Asked, Computed
from jalons.evaluation.values import rounded
from jalons.funding.figures import funding_of
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.money import euros


def budget_committed(asked: Asked) -> Computed:
    """Granted, out of what the budget of the actions says, funder by funder."""
    found = funding_of(plan_of(asked.roadmap, on=asked.on))
    total = found.plan.total
    if not total:
        return Computed(None, 0, _("No amount is written in the budget yet."))
    lines = [
        (one.name, f"{euros(one.sums.granted)} / {euros(one.budgeted)}")
        for one in found.funders
    ]
    return Computed(rounded(100 * found.sums.granted / total), lines=lines)
