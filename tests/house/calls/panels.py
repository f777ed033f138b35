from __future__ import annotations

from django.utils import timezone

from tests.house.calls.call import Call, Side
from tests.panels.people import make_codes, open_panel
from tests.roadmaps.plans import make_roadmap

NOBODY = "K7QM3FX9"


def calls(side: Side) -> dict[str, Call]:
    """A mini-survey with two codes: one for its holder, one keyed by the team."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Suivie {mark}")
    today = timezone.localdate()
    panel = open_panel(roadmap, owner, today, title=f"Redemander {mark}")
    held, keyed = make_codes(panel, 2, owner)
    one = {"pk": roadmap.pk, "panel_pk": panel.pk}
    opened = {"title": "Autre", "kept_until": panel.kept_until.isoformat()}
    said = {"confidence": "5"}
    on_paper = said | {"code": keyed, "answered_on": today.isoformat()}
    return {
        "panels:list": Call({"pk": roadmap.pk}, post=opened),
        "panels:show": Call(one),
        "panels:print": Call(one, post={"count": "3"}),
        "panels:key": Call(one, post=on_paper),
        "panels:close": Call(one),
        "panels:file": Call(one | {"format": "csv"}),
        "panels:enter": Call(post={"code": NOBODY}),
        "panels:answer": Call(
            {"secret": NOBODY}, post=said, respondent={"secret": held}
        ),
    }
