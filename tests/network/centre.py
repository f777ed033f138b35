"""A resource centre over the twelve EPCI of the example survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jalons.accounts.models import User
from jalons.network import operations
from jalons.network.models import Exchange, FollowUp
from jalons.spaces.models import Space
from jalons.territories.models import Membership, Territory
from tests.observatory.example import make_example


@dataclass(frozen=True)
class Centre:
    space: Space
    officer: User
    places: dict[int, Territory]

    def note(self, number: int, day: date, **fields: object) -> Exchange:
        given = {
            "kind": Exchange.Kind.CALL,
            "support": Exchange.Support.NONE,
            "summary": "Premier contact",
            **fields,
        }
        place = self.places[number]
        row = Exchange(space=self.space, territory=place, day=day, **given)
        return operations.save_exchange(row, version=0, by=self.officer)

    def write(self, number: int, **fields: object) -> FollowUp:
        row = FollowUp(space=self.space, territory=self.places[number], **fields)
        return operations.save_follow_up(row, version=0, by=self.officer)


def make_centre() -> Centre:
    example = make_example()
    space = example.campaign.space
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    for place in example.places.values():
        Membership.objects.create(member=place, group=space.territory, since=2020)
    return Centre(space, example.officer, example.places)
