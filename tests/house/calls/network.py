from __future__ import annotations

from datetime import date

from jalons.network import operations
from jalons.network.models import Amendment, Exchange
from jalons.territories.models import Membership
from tests.factories import make_territory
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap


def calls(side: Side) -> dict[str, Call]:
    """A territory that the centre supports, what was exchanged, a view, a roadmap."""
    place = make_territory(f"CC suivie {side.mark}")
    Membership.objects.create(member=place, group=side.space.territory, since=2020)
    row = Exchange(
        space=side.space,
        territory=place,
        day=date(2026, 1, 5),
        kind=Exchange.Kind.CALL,
        support=Exchange.Support.NONE,
        summary=f"Échange {side.mark}",
    )
    exchange = operations.save_exchange(row, version=0, by=side.owner)
    view = operations.keep_view(
        side.space, f"Vue {side.mark}", "liste=cibles", by=side.owner
    )
    roadmap = make_roadmap(side.space, by=side.owner, title=f"Suivie {side.mark}")
    own = Amendment(
        space=side.space,
        territory=place,
        rule="own-exemple",
        support="tools",
        words=f"Un appel {side.mark}",
        reason="Demandé",
    )
    operations.amend(own, version=0, by=side.owner)
    amended = {"words": "Un appel", "support": "tools", "reason": "Oui", "version": 1}
    one = {"space_pk": side.space.pk}
    there = one | {"code": place.code}
    noted = one | {"pk": exchange.pk}
    sent = {"day": "2026-01-05", "kind": "call", "support": "none", "summary": "Oui"}
    return {
        "network:cockpit": Call(one, post={"title": "Vue"}),
        "network:export_csv": Call(one),
        "network:map": Call(one),
        "network:departements": Call(one),
        "network:promises": Call(one),
        "network:history_csv": Call(one),
        "network:remove_view": Call(one | {"pk": view.pk}),
        "network:territory": Call(there),
        "network:follow_up": Call(there, post={"strand": ""}),
        "network:note_exchange": Call(there, post=sent),
        "network:change_exchange": Call(noted, post=sent | {"version": 1}),
        "network:remove_exchange": Call(noted),
        "network:amend": Call(there | {"rule": own.rule}, post=amended),
        "network:restore_proposal": Call(there | {"rule": own.rule}),
        "network:sharing": Call({"pk": roadmap.pk}),
        "network:share": Call({"pk": roadmap.pk}),
        "network:withdraw": Call({"pk": roadmap.pk}),
    }
