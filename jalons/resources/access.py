"""Three doors: the team that reads proposals, the link of their author, everybody."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link, User
from jalons.audit.models import Entry
from jalons.resources import places
from jalons.resources.models import Proposal, Resource
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class PassedOn(Exception):
    """The team passed the proposal on: another one reads it."""


def proposals_of(space: Space) -> QuerySet[Proposal]:
    """Those sent to a team, and those of its territory that no team reads yet.

    The latter once the team is recognised.
    """
    if not space.is_recognised:
        return Proposal.objects.filter(space=space)
    inside = Territory.objects.within(space.territory_id).communes()
    orphans = Q(space=None) & (
        Q(commune__in=inside.values("pk")) | Q(commune=space.territory_id)
    )
    return Proposal.objects.filter(Q(space=space) | orphans)


def get_proposal(space: Space, pk: int) -> Proposal:
    """A proposal that this team may read. Raises PassedOn."""
    known = proposals_of(space).select_related(
        "commune", "stored", "place", "resource", "sheet"
    )
    found: Proposal | None = known.filter(pk=pk).first()
    if found is None and _was_passed_on(space, pk):
        raise PassedOn
    if found is None:
        raise Http404
    return found


def _was_passed_on(space: Space, pk: int) -> bool:
    trail = Entry.objects.about(Proposal(pk=pk)).filter(space_id=space.pk)
    passed_on: bool = trail.filter(verb="proposal.passed_on").exists()
    return passed_on


def get_proposed_place(space: Space, pk: int) -> Proposal:
    """The proposal of a place, never of a resource, that this team may read."""
    proposal = get_proposal(space, pk)
    if proposal.kind != Proposal.Kind.PLACE:
        raise Http404
    return proposal


def find_proposal(secret: str, at: datetime) -> Proposal:
    """What the link of its author opens."""
    link = find_link(secret, Link.Purpose.PROPOSAL, at)
    found: Proposal | None = (
        Proposal.objects.filter(link=link)
        .select_related("space", "commune", "sheet")
        .first()
    )
    if found is None:
        raise DeadLink(link)
    return found


def other_teams(proposal: Proposal, space: Space) -> QuerySet[Space]:
    """The teams to which a proposal may be passed on.

    Those at work where the place is, and those whose lists hold a place like it.
    """
    around = Territory.objects.containing(proposal.commune_id).values("pk")
    is_there = Q(territory=proposal.commune_id) | Q(territory__in=around)
    keepers: set[int | None] = set()
    if proposal.kind == Proposal.Kind.PLACE:
        twins = places.twins_of(proposal.content, proposal.commune)
        keepers = {one.place.place_list.space_id for one in twins}
    found = Space.objects.recognised().filter(is_there | Q(pk__in=keepers - {None}))
    return found.exclude(pk=space.pk).select_related("territory").order_by("name")


def get_resource(user: User | AnonymousUser, pk: int) -> Resource:
    """A resource that everybody reads, or its team until it is recognised."""
    known = Resource.objects.shown().select_related("space", "territory", "stored")
    found: Resource = get_object_or_404(known, pk=pk)
    space = found.space
    if not space.is_recognised and not right_in(user, space, Right.READ):
        raise Http404
    return found


def get_own_resource(space: Space, pk: int) -> Resource:
    """A resource that this team published."""
    found: Resource = get_object_or_404(space.resources.shown(), pk=pk)
    return found
