"""Only the members of a resource centre open its cockpit: for all others, 404."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.network.cockpit import Cockpit, Row, supported_by
from jalons.network.models import Amendment, Exchange, FollowUp, View
from jalons.network.proposals import OWN, Proposal, every_proposal
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space
from jalons.territories.models import Territory

NEW = "nouvelle"
"""In an address, a proposal of the centre that is not written yet."""


def get_centre(user: User, pk: int, right: Right) -> Space:
    """The space of a resource centre, for a member who holds the right (404, 403)."""
    space = get_space(user, pk, right)
    if space.kind != Space.Kind.RESOURCE_CENTRE:
        raise Http404
    return space


def get_supported(space: Space, code: str) -> Territory:
    """A territory of the region of a centre already opened."""
    found: Territory = get_object_or_404(supported_by(space), code=code)
    return found


def get_follow_up(space: Space, territory: Territory) -> FollowUp:
    """The sheet of a territory; a new one, not kept, when nobody wrote it yet."""
    found = FollowUp.objects.filter(space=space, territory=territory).first()
    return found or FollowUp(space=space, territory=territory)


def get_exchange(space: Space, pk: int) -> Exchange:
    found: Exchange = get_object_or_404(
        space.exchanges.select_related("territory"), pk=pk
    )
    return found


def exchanges_with(space: Space, territory: Territory) -> QuerySet[Exchange]:
    """The latest first, with who noted them."""
    found = space.exchanges.filter(territory=territory)
    return found.select_related("written_by")


def get_amendment(
    space: Space, territory: Territory, rule: str, row: Row, cockpit: Cockpit
) -> Amendment:
    """What the centre made of a proposal; a new one, not kept, when it made nothing.

    A 404 for a rule that neither applies nor was amended.
    """
    known = {one.rule: one for one in every_proposal(row, cockpit)}
    kept = next((one for one in row.amended if one.rule == rule), None)
    if kept is not None:
        return kept
    if rule not in known and rule != NEW:
        raise Http404
    return _first_amendment(space, territory, known.get(rule))


def _first_amendment(
    space: Space, territory: Territory, found: Proposal | None
) -> Amendment:
    row = Amendment(space=space, territory=territory)
    row.rule = found.rule if found else f"{OWN}{uuid4().hex[:12]}"
    if found is not None:
        row.words, row.support = found.words, found.kind
    return row


def get_view(space: Space, pk: int) -> View:
    found: View = get_object_or_404(space.views, pk=pk)
    return found
