from __future__ import annotations

from tests.communication.announcements import make_announcement
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap


def calls(side: Side) -> dict[str, Call]:
    """What a roadmap makes known, and what it prints."""
    roadmap = make_roadmap(side.space, by=side.owner, title=f"Affiche {side.mark}")
    row = make_announcement(roadmap, f"Réunion {side.mark}", by=side.owner)
    one = {"pk": roadmap.pk}
    line = one | {"announcement_pk": row.pk}
    sent = {
        "subject": "Atelier",
        "audience": "Les maires",
        "channel": "fetes",
        "material": "poster",
        "planned_on": "2027-01-04",
        "version": 1,
    }
    return {
        "communication:show": Call(one),
        "communication:add": Call(one, post=sent),
        "communication:change": Call(line, post=sent),
        "communication:remove": Call(line),
        "communication:told": Call(one),
        "communication:export_csv": Call(one),
        "communication:material": Call(one | {"material": "bulletin", "format": "txt"}),
    }
