from __future__ import annotations

from jalons.margins import operations
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap, make_stake


def calls(side: Side) -> dict[str, Call]:
    """A stake with a comment of its owner."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Marges {mark}")
    stake = make_stake(roadmap, f"Comment dire {mark} ?", by=owner)
    comment = operations.write_comment(stake, f"Trop long {mark}", by=owner)
    one = {"pk": roadmap.pk}
    line = one | {"row": f"stake-{stake.pk}"}
    return {
        "margins:list": Call(one, post={"settle": comment.pk}),
        "margins:line": Call(line, post={"text": "À revoir"}),
    }
