"""Two territories of a centre, each with its team: one begins, the other is ahead.

Their centres lie a tenth of a degree apart, from west to east.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalons.accounts.models import User
from jalons.pairing import operations
from jalons.pairing.models import Pairing, Side
from jalons.spaces.models import Space
from tests.factories import make_space, make_user
from tests.network.centre import Centre

BEGINS, AHEAD = 1, 6
"""Of the example survey: the least advanced class, and the third of four."""


@dataclass(frozen=True)
class Teams:
    centre: Centre
    first: Space
    second: Space
    lea: User
    marc: User

    def propose(self, **fields: object) -> Pairing:
        given = {"subject": "Aller vers les habitants", "reasons": ["Peu avancé"]}
        pairing = Pairing(space=self.centre.space, **{**given, **fields})
        places = self.centre.places
        pair = (places[BEGINS], places[AHEAD])
        return operations.propose(pairing, pair, by=self.centre.officer)

    def side(self, pairing: Pairing, space: Space) -> Side:
        return pairing.sides.get(territory=space.territory_id)

    def agree(self, pairing: Pairing) -> Pairing:
        """Both agree."""
        for space, user in ((self.first, self.lea), (self.second, self.marc)):
            side = self.side(pairing, space)
            side.reached_by = f"Direction de {space.territory.name}"
            operations.agree(side, space=space, by=user)
        pairing.refresh_from_db()
        return pairing


def make_teams(centre: Centre) -> Teams:
    for number, place in centre.places.items():
        place.longitude, place.latitude = 0.1 * number, 45.0
        place.save()
    lea, marc = make_user("Léa"), make_user("Marc")
    first = make_space(territory=centre.places[BEGINS], owner=lea)
    second = make_space(territory=centre.places[AHEAD], owner=marc)
    return Teams(centre, first, second, lea, marc)
