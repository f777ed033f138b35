"""Who reads which indicator: everybody, or the team whose own figure it is."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.indicators.models import Indicator
from jalons.spaces.access import Right, right_in


def get_indicator(user: User | AnonymousUser, code: str) -> Indicator:
    """The indicator; a team's own one is unknown to everybody else."""
    found: Indicator = get_object_or_404(
        Indicator.objects.select_related("source__space"), code=code
    )
    space = found.source.space
    if space is not None and not right_in(user, space, Right.READ):
        raise Http404
    return found
