from __future__ import annotations

from tests.actors.people import make_actor
from tests.coordination.giving import make_body, make_contribution, make_service
from tests.groups.gatherings import join, make_group
from tests.house.calls.call import Call, Side


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
    space = {"space_pk": side.space.pk}
    one, row = space | {"pk": body.pk}, space | {"pk": given.pk}
    sheet = {"level": "strategic", "rhythm": "month", "agenda": ""}
    said = {"actor": actor.pk, "kind": "cash", "what": "Une part", "year": "2026"}
    said |= {"state": "given", "value": "1 000"}
    return {
        "coordination:show": Call(space),
        "coordination:add": Call(space, post=sheet | {"group": other.pk}),
        "coordination:body": Call(one),
        "coordination:edit": Call(one, post=sheet),
        "coordination:remove": Call(one),
        "coordination:register": Call(space),
        "coordination:file": Call(space | {"format": "csv"}),
        "coordination:give": Call(space, post=said),
        "coordination:change": Call(row, post=said),
        "coordination:drop": Call(row),
        "coordination:note_service": Call(
            space, post={"actor": actor.pk, "what": "Payer"}
        ),
        "coordination:drop_service": Call(space | {"pk": service.pk}),
    }
