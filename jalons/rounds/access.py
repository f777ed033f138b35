"""The only door to a field survey, to its surveyors and to their telephones."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404

from jalons.accounts.models import Link, User
from jalons.rounds.models import Device, Round, Surveyor
from jalons.rounds.refused import Refused
from jalons.spaces.access import Right, get_space


def get_round(user: User, pk: int, right: Right) -> Round:
    """A field survey of a space where this person holds the right; 404 to strangers."""
    found: Round = get_object_or_404(
        Round.objects.select_related(
            "campaign__space__territory", "campaign__version__questionnaire"
        ),
        pk=pk,
    )
    get_space(user, found.campaign.space_id, right)
    return found


def get_surveyor(round: Round, pk: int) -> Surveyor:
    """A surveyor of a round already opened, never of another one."""
    surveyor: Surveyor = get_object_or_404(
        round.surveyors.select_related("link", "round"), pk=pk
    )
    return surveyor


def get_device(round: Round, pk: int) -> Device:
    """A telephone of a round already opened, never of another one."""
    device: Device = get_object_or_404(
        Device.objects.filter(surveyor__round=round).select_related("link", "surveyor"),
        pk=pk,
    )
    return device


def find_device(secret: str, at: datetime) -> Device:
    """The telephone that bears this token, or `Refused` with what to do."""
    device: Device | None = (
        Device.objects.filter(
            link__digest=Link.digest_of(secret), link__purpose=Link.Purpose.DEVICE
        )
        .select_related(
            "link",
            "surveyor__link",
            "surveyor__round__campaign__space",
            "surveyor__round__campaign__version__questionnaire",
        )
        .first()
    )
    if device is None:
        raise Refused("unknown_device")
    if device.surveyor.round.revoked_at or device.is_revoked(at=at):
        raise Refused("revoked")
    return device
