"""The approach; its lines, where each comes from, what it was before."""

from __future__ import annotations

from jalons.roadmaps.models.actions import Action, BudgetLine
from jalons.roadmaps.models.approach import Roadmap
from jalons.roadmaps.models.needs import Need
from jalons.roadmaps.models.origins import Origin
from jalons.roadmaps.models.revisions import Revision
from jalons.roadmaps.models.stakes import Line, Stake, Workstream
from jalons.roadmaps.models.standing import StatusChange
from jalons.roadmaps.models.studies import Aspect, Inspiration, Outcome, Studied
from jalons.roadmaps.models.versions import Versioned

__all__ = [
    "Action",
    "Aspect",
    "BudgetLine",
    "Inspiration",
    "Line",
    "Need",
    "Origin",
    "Outcome",
    "Revision",
    "Roadmap",
    "Stake",
    "StatusChange",
    "Studied",
    "Versioned",
    "Workstream",
]
