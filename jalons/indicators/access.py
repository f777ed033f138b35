"""Who reads which indicator, and who loads files.

Public figures are read by everybody and loaded by administrators of the installation;
those of a team are read by its members and loaded by its owners.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.indicators.models import Indicator, Load, Release
from jalons.spaces.access import Right, get_space, right_in


def get_indicator(user: User | AnonymousUser, code: str) -> Indicator:
    """The indicator; a team's own one is unknown to everybody else."""
    found: Indicator = get_object_or_404(
        Indicator.objects.select_related("source__space"), code=code
    )
    space = found.source.space
    if space is not None and not right_in(user, space, Right.READ):
        raise Http404
    return found


def may_load(user: User | AnonymousUser) -> bool:
    """Whether this visitor may load public figures."""
    return user.is_authenticated and user.is_staff


def require_administrator(user: User) -> None:
    """Raise PermissionDenied for anybody else."""
    if not may_load(user):
        raise PermissionDenied(
            _(
                "Only the administrators of this site load public figures. The own "
                "figures of a team are added from its space, on the page “Our own "
                "figures”."
            )
        )


def get_release(user: User, pk: int) -> Release:
    """A file of figures loaded, for whoever may load and take back."""
    found: Release = get_object_or_404(
        Release.objects.select_related("source__space"), pk=pk
    )
    if found.source.space_id is None:
        require_administrator(user)
    else:
        get_space(user, found.source.space_id, Right.MANAGE)
    return found


def get_load(user: User, pk: int) -> Load:
    """A file given, for whoever may load it."""
    found: Load = get_object_or_404(
        Load.objects.select_related("stored", "refused", "space__territory"), pk=pk
    )
    if found.space_id is None:
        require_administrator(user)
    else:
        get_space(user, found.space_id, Right.MANAGE)
    return found
