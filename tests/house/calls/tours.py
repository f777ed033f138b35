from __future__ import annotations

from jalons.tours import operations
from tests.actors.people import make_actor
from tests.house.calls.call import Call, Side
from tests.tours.rounds import make_tour


def calls(side: Side) -> dict[str, Call]:
    """A tour in preparation, and one that is public."""
    actor = make_actor(side.space, f"Porteur {side.mark}", by=side.owner)
    tour, shown = (
        make_tour(actor, by=side.owner, opening="Tu 10:00-12:00", title=title)
        for title in (f"Bus {side.mark}", "Tournée publique")
    )
    operations.publish_tour(shown, by=side.owner)
    space = {"space_pk": side.space.pk}
    one = space | {"pk": tour.pk}
    given = {"title": "Bus", "actor": actor.pk, "summary": "Aide aux démarches"}
    stop = {"place": "33063", "spot": "place", "weekday": "Tu", "start": "10:00"}
    return {
        **{f"tours:{n}": Call(one) for n in ("manage", "publish", "withdraw")},
        **{f"tours:{n}": Call({"pk": shown.pk}) for n in ("show", "calendar")},
        "tours:list": Call(space),
        "tours:create": Call(space, post=given),
        "tours:edit": Call(one, post=given),
        "tours:stop": Call(one, post=stop | {"end": "12:00"}),
        "tours:amend": Call(
            one | {"stop_pk": tour.stops.get().pk}, post=stop | {"end": "12:00"}
        ),
        "tours:remove": Call(one | {"stop_pk": tour.stops.get().pk}),
    }
