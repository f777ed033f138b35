"""Resources by words and filters, and the proposals that a team has to read."""

from __future__ import annotations

from django.db.models import QuerySet

from jalons.resources.access import proposals_of
from jalons.resources.models import Proposal, Resource
from jalons.search.words import words_of
from jalons.spaces.models import Space

PAST_SHOWN = 20


def resources_like(words: str, kind: str, theme: str) -> QuerySet[Resource]:
    """Those that hold every word, accents and capitals apart, the last first."""
    found = Resource.objects.public().select_related("space", "territory")
    for word in words_of(words):
        found = found.filter(key__contains=word)
    if kind:
        found = found.filter(kind=kind)
    if theme:
        # A list of codes stored as JSON: quotes keep one code apart from a longer one.
        found = found.filter(themes__icontains=f'"{theme}"')
    return found.order_by("-published_at", "-pk")


def to_read(space: Space) -> QuerySet[Proposal]:
    """What waits, the oldest first."""
    found = proposals_of(space).filter(state__in=Proposal.OPEN)
    return found.select_related("commune").order_by("sent_at")


def decided(space: Space) -> QuerySet[Proposal]:
    found = space.proposals.exclude(state__in=Proposal.OPEN)
    return found.select_related("commune").order_by("-decided_at")[:PAST_SHOWN]
