"""What coordinates a territory is reached through its space, never another's."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.coordination.models import Body, Contribution, OnlineService
from jalons.spaces.models import Space


def get_body(space: Space, pk: int) -> Body:
    found: Body = get_object_or_404(
        Body.objects.filter(group__space=space).select_related("group__territory"),
        pk=pk,
    )
    return found


def get_contribution(space: Space, pk: int) -> Contribution:
    found: Contribution = get_object_or_404(
        space.contributions.select_related("actor", "space"), pk=pk
    )
    return found


def get_online_service(space: Space, pk: int) -> OnlineService:
    found: OnlineService = get_object_or_404(
        OnlineService.objects.filter(actor__space=space).select_related("actor"), pk=pk
    )
    return found
