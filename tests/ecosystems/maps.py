"""Resource maps for the tests, drawn as a team draws them."""

from __future__ import annotations

from uuid import uuid4

from jalons.accounts.models import User
from jalons.ecosystems import operations
from jalons.ecosystems.models import Centre, Link, Resource, ResourceMap
from jalons.ecosystems.operations import Drawn, Hand, Named, Said
from jalons.spaces.models import Space


def make_map(
    space: Space, *centres: str, by: User, title: str = "Carte", **fields: object
) -> ResourceMap:
    around = fields.pop("around", ResourceMap.Around.WORKSTREAM)
    map = ResourceMap(space=space, title=title, around=around, **fields)
    named = [Named(text) for text in centres or ["Aller vers"]]
    return operations.open_map(map, named, by=by)


def names(map: ResourceMap, name: str, category: str = "partner", *, by: User):
    return operations.add_resource(map, name, category, by=Hand(by))


def draws(
    resource: Resource, centre: Centre, status: str, *, by: User, **said: object
) -> Drawn:
    """`draws(bus, centre, "dashed", owner="CCAS", by=officer)`."""
    given = {"base": 0, "key": uuid4(), **said}
    return operations.draw_link(
        resource, centre, Said(Link.Status(status), **given), by=Hand(by)
    )
