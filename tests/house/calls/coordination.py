from __future__ import annotations

from datetime import date

from jalons.coordination.models import Agreement, Decision, Sitting
from jalons.coordination.operations import (
    attach_sitting,
    save_agreement,
    save_decision,
)
from tests.actors.people import make_actor
from tests.coordination.giving import make_body, make_contribution, make_service
from tests.groups.gatherings import join, make_group
from tests.house.calls.call import Call, Side
from tests.meetings.gatherings import make_meeting


def calls(side: Side) -> dict[str, Call]:
    """A body with a member, what an actor gives, and what it asks online."""
    owner, mark = side.owner, side.mark
    actor = make_actor(side.space, f"Mairie {mark}", by=owner, family="communes")
    group = make_group(side.space, f"Comité {mark}", by=owner)
    other = make_group(side.space, f"Conseil {mark}", by=owner)
    join(group, actor, by=owner)
    body = make_body(group, by=owner)
    given = make_contribution(actor, 10, by=owner, what=f"Une salle {mark}")
    service = make_service(actor, f"Déclarer {mark}", by=owner)
    sitting = attach_sitting(
        Sitting(body=body, meeting=make_meeting(side.space, by=owner)), by=owner
    )
    free = make_meeting(side.space, by=owner)
    decision = save_decision(Decision(sitting=sitting, text=f"Agir {mark}"), by=owner)
    agreement = Agreement(
        space=side.space, title=f"Charte {mark}", signed_on=date(2026, 1, 10)
    )
    partner = make_actor(side.space, f"Banque {mark}", by=owner, family="entreprises")
    save_agreement(agreement, [actor, partner], by=owner)
    space = {"space_pk": side.space.pk}
    one, row = space | {"pk": body.pk}, space | {"pk": given.pk}
    held, decided = space | {"pk": sitting.pk}, space | {"pk": decision.pk}
    signed = space | {"pk": agreement.pk}
    parties = {"title": "Prêt", "parties": [actor.pk, partner.pk]}
    parties |= {"signed_on": date(2026, 1, 10)}
    sheet = {"level": "strategic", "rhythm": "month", "agenda": ""}
    said = {"actor": actor.pk, "kind": "cash", "what": "Une part", "year": "2026"}
    said |= {"state": "given", "value": "1 000"}
    return {
        "coordination:show": Call(space),
        "coordination:add": Call(space, post=sheet | {"group": other.pk}),
        "coordination:body": Call(one),
        "coordination:edit": Call(one, post=sheet),
        "coordination:remove": Call(one),
        "coordination:attach": Call(one, post={"meeting": free.pk}),
        "coordination:sitting": Call(held, post={"text": "Agir", "state": "open"}),
        "coordination:detach": Call(held),
        "coordination:minutes": Call(held | {"format": "docx"}),
        "coordination:decision": Call(decided, post={"text": "Agir", "state": "done"}),
        "coordination:agreements": Call(space),
        "coordination:agree": Call(space, post=parties),
        "coordination:agreement": Call(signed, post=parties),
        "coordination:drop_agreement": Call(signed),
        "coordination:stage": Call(
            space | {"stage": "leaders"}, post={"done_on": date(2026, 1, 10)}
        ),
        "coordination:register": Call(space),
        "coordination:file": Call(space | {"format": "csv"}),
        "coordination:give": Call(space, post=said),
        "coordination:load": Call(space),
        "coordination:change": Call(row, post=said),
        "coordination:drop": Call(row),
        "coordination:note_service": Call(
            space, post={"actor": actor.pk, "what": "Payer"}
        ),
        "coordination:drop_service": Call(space | {"pk": service.pk}),
    }
