from __future__ import annotations

from jalons.funding.aides_territoires import Question
from jalons.funding.operations import keep_answer
from tests.funding.money import ANSWER, make_grant, make_scheme
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream


def calls(side: Side) -> dict[str, Call]:
    """A catalogue with one scheme, an action and what was asked for it."""
    owner, mark = side.owner, side.mark
    scheme = make_scheme(side.space, f"Aide {mark}", by=owner)
    roadmap = make_roadmap(side.space, by=owner, title=f"Budget {mark}")
    stake = make_stake(roadmap, f"Comment payer {mark} ?", by=owner)
    action = make_action(make_workstream(stake, by=owner), f"Bus {mark}", by=owner)
    grant = make_grant(action, f"Région {mark}", 10, by=owner)
    reading = keep_answer(action, Question(side.space.territory), ANSWER, by=owner)
    offer = reading.offers.get()
    in_space, one = {"space_pk": side.space.pk}, {"pk": roadmap.pk}
    on_action, on_grant = one | {"action_pk": action.pk}, one | {"grant_pk": grant.pk}
    asked = {"funder": "Région", "state": "asked", "asked": "1 000"}
    return {
        "funding:schemes": Call(in_space),
        "funding:load": Call(in_space),
        "funding:drop": Call(in_space | {"pk": scheme.pk}),
        "funding:plan": Call(one),
        "funding:export_csv": Call(one),
        "funding:action": Call(on_action),
        "funding:ask": Call(on_action, post=asked),
        "funding:search": Call(on_action, post={"words": mark}),
        "funding:keep": Call(on_action | {"offer_pk": offer.pk}),
        "funding:grant": Call(on_grant, post=asked),
        "funding:remove": Call(on_grant),
        "funding:agree": Call(on_grant),
    }
