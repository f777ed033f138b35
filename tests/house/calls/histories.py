from __future__ import annotations

from jalons.roadmaps import operations
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap, make_stake


def calls(side: Side) -> dict[str, Call]:
    """A stake worded twice: its first words may be put back."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Histoire {mark}")
    stake = make_stake(roadmap, f"Comment dire {mark} ?", by=owner)
    first = roadmap.revisions.get()
    stake.text = f"Comment redire {mark} ?"
    operations.save_stake(stake, version=1, by=owner)
    one = {"pk": roadmap.pk}
    return {
        "histories:list": Call(one),
        "histories:line": Call(one | {"row": f"stake-{stake.pk}"}),
        "histories:state": Call(one | {"revision_pk": first.pk}, post={"version": 2}),
    }
