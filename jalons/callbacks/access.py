"""The only door to people to be called back: those in charge, and the person."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from jalons.callbacks.codes import typed
from jalons.callbacks.models import CallBack
from jalons.rounds.models import Round


def get_callback(round: Round, key: UUID) -> CallBack:
    """Somebody to call back in a round already opened, not withdrawn since."""
    found: CallBack = get_object_or_404(
        CallBack.objects.current(on=round.campaign.today()).select_related(
            "commune", "round__campaign"
        ),
        round=round,
        key=key,
    )
    return found


def find_own(code: str) -> CallBack | None:
    """What somebody left, for whoever holds the code they were given; or nothing.

    A phone may send it days later, and what is past its last day is not kept.
    """
    found = CallBack.objects.select_related("round__campaign__space")
    return found.filter(code=typed(code)).first()


def find_round(key: UUID) -> Round:
    """The round whose people may withdraw at this address, known to all of them."""
    found: Round = get_object_or_404(
        Round.objects.select_related("campaign__space"), key=key
    )
    return found
