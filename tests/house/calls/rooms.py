from __future__ import annotations

from tests.house.calls.call import Call, Side
from tests.workshops.rooms import make_workshop


def calls(side: Side) -> dict[str, Call]:
    """A workshop to be taken out; no laptop here, so nobody comes in as its host."""
    title = f"Atelier sorti {side.mark}"
    workshop = make_workshop(side.space, by=side.owner, title=title)
    one = {"space_pk": side.space.pk, "pk": workshop.pk}
    return {
        "rooms:outing": Call(one),
        "rooms:take_out": Call(one),
        "rooms:results": Call(one),
        "rooms:enter": Call({"secret": "AAAAAAAAAAAAAAAAAAAAAA"}),
    }
