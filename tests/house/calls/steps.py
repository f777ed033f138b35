from __future__ import annotations

from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap


def calls(side: Side) -> dict[str, Call]:
    """The steps of a roadmap, one of them, one of its criteria."""
    roadmap = make_roadmap(side.space, by=side.owner, title=f"Étapes {side.mark}")
    step = {"pk": roadmap.pk, "step": "enjeux"}
    said = {"kind": "holds", "reason": "Vu en groupe projet"}
    looked_at = {"state": "partly", "evidence": "Vu", "made_on": "2026-01-05"}
    return {
        "steps:conditions": Call({"pk": roadmap.pk}),
        "steps:condition": Call(
            {"pk": roadmap.pk, "condition": "course"}, post=looked_at
        ),
        "steps:method": Call(),
        "steps:guide_file": Call({"format": "docx"}),
        "steps:path": Call({"pk": roadmap.pk}),
        "steps:step": Call(step),
        "steps:state": Call(step | {"criterion": "validated"}, post=said),
    }
