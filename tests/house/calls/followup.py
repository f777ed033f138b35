from __future__ import annotations

from datetime import date

from jalons.followup.models import ProgressDecision
from jalons.followup.operations import add_decision, keep_progress
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def calls(side: Side) -> dict[str, Call]:
    """A roadmap with an action, a progress review and a decision."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Suivie {mark}")
    stake = make_stake(roadmap, f"Comment suivre {mark} ?", by=owner)
    stream = make_workstream(stake, f"Chantier {mark}", by=owner)
    action = make_action(stream, f"Agir {mark}", by=owner)
    progress = keep_progress(
        roadmap, since=FIRST, comment=f"Avancée {mark}", by=owner, on=LAST
    )
    decision = ProgressDecision(progress=progress, text=f"Décider {mark}")
    add_decision(decision, by=owner)
    one, kept = {"pk": roadmap.pk}, {"version": "1"}
    on_action = one | {"action_pk": action.pk}
    on_progress = one | {"progress_pk": progress.pk}
    return {
        "followup:dashboard": Call(one),
        "followup:file": Call(one | {"format": "json"}),
        "followup:standing": Call(
            on_action, post={"status": "suspended", "reason": "En attente"} | kept
        ),
        "followup:communes": Call(one, post={f"action-{action.pk}": ""}),
        "followup:add_progress": Call(one, post={"since": "2026-01-01"}),
        "followup:progress": Call(on_progress, post={"text": "Continuer"}),
        "followup:comment": Call(on_progress, post={"comment": "Avance"} | kept),
        "followup:progress_file": Call(on_progress | {"format": "json"}),
        "followup:decision": Call(
            on_progress | {"decision_pk": decision.pk}, post={"state": "done"}
        ),
    }
