"""The actions by effort and effect, as the team placed them.

Nothing is computed from it: no score, no order but that of the roadmap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing.grids import Axes, draw_grid
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.roadmaps.figures import ActionRead, Plan
from jalons.roadmaps.models import Roadmap
from jalons.steering.models import Placing
from jalons.steering.placing import Place


@dataclass(frozen=True, slots=True)
class Placed:
    """An action, and where the team placed it."""

    action: ActionRead
    row: Placing | None

    @property
    def place(self) -> Place | None:
        return (self.row.effort, self.row.effect) if self.row else None


def placed_of(plan: Plan) -> list[Placed]:
    """Every action that was not given up, in the order of the roadmap."""
    rows = Placing.objects.filter(action__workstream__stake__roadmap=plan.roadmap)
    known = {one.action_id: one for one in rows.select_related("placed_by")}
    return [Placed(one, known.get(one.row.pk)) for one in plan.at_work]


def draw_placed(
    roadmap: Roadmap, placed: Sequence[Placed], skin: Skin = PAGE
) -> SafeString:
    cells: defaultdict[Place, list[str]] = defaultdict(list)
    for one in placed:
        if one.place:
            cells[one.place].append(one.action.code)
    words = [str(one.label) for one in Placing.Step]
    plate = Plate(
        svg_id=f"placed-{roadmap.pk}",
        title=_("The actions by effort and effect"),
        description=_("The table says the same, action by action."),
        watermark=_("SIMULATED") if roadmap.is_simulated else None,
    )
    axes = Axes(_("Effort required"), _("Effect expected"), words, words)
    return draw_grid(axes, cells, plate, skin)
