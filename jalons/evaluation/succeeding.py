"""P6: how many of the nine conditions of success the team says are met."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from jalons.conditions.definitions import read_conditions
from jalons.conditions.models import Appraisal
from jalons.evaluation.computing import Asked, Computed


def conditions_met(asked: Asked) -> Computed:
    """The last thing said of each condition by that day; what is unsaid is not met."""
    rows = Appraisal.objects.filter(roadmap=asked.roadmap, made_on__lte=asked.on)
    said: dict[str, str] = {}
    for condition, state in rows.order_by("made_on", "pk").values_list(
        "condition", "state"
    ):
        said[condition] = state
    every = read_conditions()
    if not said:
        return Computed(None, 0, _("The nine conditions were not gone through yet."))
    met = [one for one in every if said.get(one.id) == Appraisal.State.MET]
    unsaid = [one for one in every if one.id not in said]
    lines = [(_("conditions of which nothing is said"), f"{len(unsaid)}")]
    return Computed(Decimal(len(met)), len(every), lines=lines)
