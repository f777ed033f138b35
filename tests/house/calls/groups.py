from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile

from jalons.files import operations as files
from jalons.groups.access import FILE_KIND
from jalons.groups.models import Group
from tests.actors.people import make_actor
from tests.groups.gatherings import join, make_group
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A group, a member of it, a file of members, and a group with a public page."""
    actor = make_actor(side.space, f"Membre {side.mark}", by=side.owner)
    group = make_group(side.space, f"Collectif {side.mark}", by=side.owner)
    shown = make_group(
        side.space, "Réseau", by=side.owner, shows=Group.Shows.ORGANISATIONS
    )
    seat = join(group, actor, by=side.owner)
    upload = ContentFile(b"structure;entree\nA;2025-01-01\n", name="membres.csv")
    stored = files.receive(upload, kind=FILE_KIND, space_id=side.space.pk)
    space = {"space_pk": side.space.pk}
    one = space | {"pk": group.pk}
    member = one | {"seat_pk": seat.pk}
    given = {"kind": "network", "purpose": "Agir", "begun_on": date(2025, 1, 10)}
    given |= {"place": side.space.territory_id, "shows": "nothing"}
    stay = {"actor": actor.pk, "since": date(2025, 1, 10), "until": date(2025, 2, 1)}
    file = one | {"file_pk": stored.pk}
    return {
        "groups:list": Call(space),
        "groups:add": Call(space, post=given | {"name": "Autre"}),
        "groups:show": Call(one),
        "groups:edit": Call(one, post=given | {"name": "Groupe"}),
        "groups:end": Call(one, post={"on": date.today()}),
        "groups:file": Call(one | {"format": "csv"}),
        "groups:join": Call(one, post=stay | {"actor": _other(side)}),
        "groups:seat": Call(member, post=stay),
        **{f"groups:{name}": Call(member) for name in ("leave", "remove")},
        "groups:load": Call(one),
        **{f"groups:{name}": Call(file) for name in ("check", "forget")},
        "groups:public": Call({"pk": shown.pk}),
    }


def _other(side: Side) -> int:
    return int(make_actor(side.space, f"Arrivant {side.mark}", by=side.owner).pk)
