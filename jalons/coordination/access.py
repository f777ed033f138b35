"""What coordinates a territory is reached through its space, never another's."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.coordination.models import (
    Agreement,
    Body,
    Contribution,
    Decision,
    OnlineService,
    Sitting,
    StageDone,
)
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


def get_sitting(space: Space, pk: int) -> Sitting:
    found: Sitting = get_object_or_404(
        Sitting.objects.filter(body__group__space=space).select_related(
            "body__group__territory", "meeting__space"
        ),
        pk=pk,
    )
    return found


def get_decision(space: Space, pk: int) -> Decision:
    found: Decision = get_object_or_404(
        Decision.objects.filter(sitting__body__group__space=space).select_related(
            "sitting__body__group", "sitting__meeting", "actor"
        ),
        pk=pk,
    )
    return found


def get_agreement(space: Space, pk: int) -> Agreement:
    found: Agreement = get_object_or_404(
        space.agreements.select_related("space"), pk=pk
    )
    return found


def get_stage(code: str) -> StageDone.Stage:
    """One of the three; a 404 for any other word."""
    if code not in StageDone.Stage.values:
        raise Http404
    return StageDone.Stage(code)
