"""Who opens a pairing: the centre that proposed it, and each of the two teams.

A team is asked in its recognised space, since anybody may open a space on a territory.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.network.access import get_centre, get_supported
from jalons.pairing.models import Pairing, Side, Talk
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Opened:
    """A pairing, the space from which it is read, and its side; None for the centre."""

    pairing: Pairing
    space: Space
    side: Side | None

    @property
    def is_centre(self) -> bool:
        return self.side is None

    @property
    def other(self) -> Side:
        """The other territory, for one of the two."""
        return next(one for one in self.pairing.sides.all() if one != self.side)


def pairings_of(space: Space) -> QuerySet[Pairing]:
    """Those that a centre proposed, or that concern the territory of a team."""
    found = Pairing.objects.whole()
    if space.kind == Space.Kind.RESOURCE_CENTRE:
        return found.filter(space=space)
    if not space.is_recognised:
        return found.none()
    return found.filter(sides__territory=space.territory_id)


def get_pairing(user: User, space_pk: int, pk: int, right: Right) -> Opened:
    """For a member of the centre or of one of the teams, with the right (404, 403)."""
    space = get_space(user, space_pk, right)
    found: Pairing = get_object_or_404(pairings_of(space), pk=pk)
    if space.kind == Space.Kind.RESOURCE_CENTRE:
        return Opened(found, space, None)
    sides = found.sides.all()
    mine = next(one for one in sides if one.territory_id == space.territory_id)
    return Opened(found, space, mine)


def get_side(opened: Opened, code: str | None) -> Side:
    """The side that a form answers for: one's own, or one without a team here."""
    if opened.side is not None:
        return opened.side
    for one in opened.pairing.sides.all():
        if one.territory_id == code and not has_team(one.territory):
            return one
    raise Http404


def get_talk(opened: Opened, pk: int) -> Talk:
    """An exchange that this space noted; the centre's own, or this team's."""
    found: Talk = get_object_or_404(opened.pairing.talks, pk=pk, space=opened.space)
    return found


def get_pair(user: User, space_pk: int, code: str) -> tuple[Space, Territory]:
    """A centre that may propose, and one of its territories."""
    space = get_centre(user, space_pk, Right.EDIT)
    return space, get_supported(space, code)


def get_other(space: Space, place: Territory, code: str) -> Territory:
    """The second territory of a pair, never the first again."""
    found = get_supported(space, code)
    if found == place:
        raise Http404
    return found


def teams_on(territory: Territory) -> QuerySet[Space]:
    """The recognised teams of a territory: those that are asked."""
    teams = Space.objects.recognised().filter(kind=Space.Kind.TEAM)
    return teams.filter(territory=territory)


def has_team(territory: Territory) -> bool:
    return teams_on(territory).exists()
