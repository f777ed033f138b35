from __future__ import annotations

from tests.ecosystems.maps import draws, make_map, names
from tests.house.calls.call import Call, Side

KEY = "5a3d5e7e-7a3e-4e8e-9a55-0c8a3f1f00ab"


def calls(side: Side) -> dict[str, Call]:
    """A map with a resource that is known, one taken off."""
    map = make_map(side.space, f"Chantier {side.mark}", by=side.owner)
    centre, known = map.centres.get(), names(map, f"CCAS {side.mark}", by=side.owner)
    draws(known, centre, "dashed", by=side.owner)
    space = {"space_pk": side.space.pk}
    one = space | {"pk": map.pk}
    on_centre = one | {"centre_pk": centre.pk}
    given = {"title": "Carte", "around": "stake", "centres": "Aller vers"}
    added = {"name": "CAF", "category": "funding", "status": "dashed"}
    said = {"act": "link", "status": "solid", "base": 1, "key": KEY}
    return {
        "ecosystems:list": Call(space),
        "ecosystems:create": Call(space, post=given),
        "ecosystems:show": Call(one, post={"resource": known.pk}),
        "ecosystems:edit": Call(one, post=given),
        "ecosystems:file": Call(one | {"format": "json"}),
        "ecosystems:sheet": Call(one),
        "ecosystems:add": Call(on_centre, post=added),
        "ecosystems:key_sheet": Call(
            on_centre,
            post={"name-funding-1": "CAF", "status-funding-1": "solid"}
            | {f"base-{known.pk}": 1},
        ),
        "ecosystems:link": Call(
            on_centre | {"resource_pk": known.pk}, post=said | {"since": "2026-02-01"}
        ),
    }
