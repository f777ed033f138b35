from __future__ import annotations

from jalons.rooms import operations as rooms
from tests.house.calls.call import Call, Side
from tests.workshops.rooms import make_workshop


def calls(side: Side) -> dict[str, Call]:
    """A workshop to be taken out; no laptop here, so nobody comes in as its host."""
    title = f"Atelier sorti {side.mark}"
    workshop = make_workshop(side.space, by=side.owner, title=title)
    one = {"space_pk": side.space.pk, "pk": workshop.pk}
    rooms.take_out(workshop, by=side.owner)
    there = one | {"outing_pk": workshop.outings.get().pk}
    return {
        "rooms:outing": Call(one),
        "rooms:take_out": Call(one),
        "rooms:choose": Call(there, post={"place": 0, "side": "room"}),
        "rooms:results": Call(one),
        "rooms:enter": Call({"secret": "AAAAAAAAAAAAAAAAAAAAAA"}),
    }
