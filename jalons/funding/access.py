"""Schemes are reached through their space, requests through their roadmap."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.funding.models import Grant, Offer, Scheme
from jalons.roadmaps.models import Action, Roadmap
from jalons.spaces.models import Space


def get_scheme(space: Space, pk: int) -> Scheme:
    """A scheme of a space already opened, never of another."""
    found: Scheme = get_object_or_404(space.schemes, pk=pk)
    return found


def get_grant(roadmap: Roadmap, pk: int) -> Grant:
    """A request of a roadmap already opened, never of another."""
    found: Grant = get_object_or_404(
        Grant.objects.filter(action__workstream__stake__roadmap=roadmap).select_related(
            "action__workstream__stake__roadmap", "scheme"
        ),
        pk=pk,
    )
    return found


def get_offer(action: Action, pk: int) -> Offer:
    """A scheme offered for an action already opened, never for another."""
    found: Offer = get_object_or_404(
        Offer.objects.filter(reading__action=action).select_related(
            "reading__territory"
        ),
        pk=pk,
    )
    return found
