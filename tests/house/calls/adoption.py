from __future__ import annotations

from uuid import uuid4

from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap, make_stake


def calls(side: Side) -> dict[str, Call]:
    """The document of a roadmap, one of its parts."""
    roadmap = make_roadmap(side.space, by=side.owner, title=f"Document {side.mark}")
    make_stake(roadmap, f"Comment lire {side.mark} ?", by=side.owner)
    one = {"pk": roadmap.pk}
    said = {"words": "Merci.", "is_shown": "on", "version": 1, "written_from": uuid4()}
    return {
        "adoption:show": Call(one),
        "adoption:read": Call(one),
        "adoption:file": Call(one | {"format": "docx"}),
        "adoption:move": Call(one, post={"down": "course"}),
        "adoption:part": Call(one | {"code": "thanks"}, post=said),
    }
