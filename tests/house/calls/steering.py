from __future__ import annotations

from jalons.steering import operations
from jalons.steering.secrets import feed_secret
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream


def calls(side: Side) -> dict[str, Call]:
    """A roadmap of two actions, followed by its owner in two ways."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Calendrier {mark}")
    workstream = make_workstream(
        make_stake(roadmap, f"Comment suivre {mark} ?", by=owner), by=owner
    )
    first, then = (
        make_action(workstream, f"{words} {mark}", by=owner)
        for words in ("Recruter", "Ouvrir")
    )
    mine = side.space.memberships.get(user=owner)
    feed = operations.open_feed(roadmap, mine, by=owner)
    one = {"pk": roadmap.pk}
    placed = {f"effort-{first.pk}": 2, f"effect-{first.pk}": 4}
    return {
        "steering:timeline": Call(one),
        "steering:waits": Call(
            one | {"action_pk": then.pk}, post={"awaited": first.pk}
        ),
        "steering:priorities": Call(one, post=placed),
        "steering:traces": Call(one),
        "steering:follow": Call(one, post={"act": "open"}),
        "steering:calendar": Call(one),
        "steering:feed": Call(
            {"secret": "A" * 22}, respondent={"secret": feed_secret(feed.key)}
        ),
    }
