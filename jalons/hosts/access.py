"""Who writes what the host of the site says of itself.

The owners of the recognised resource centre that hosts it; an administrator of the site
only says which centre that is, and opens no space by doing so.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.hosts.models import Host, Profile
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space


def get_hosting(user: User, right: Right = Right.MANAGE) -> Space:
    """The space that hosts the site, for a member who holds the right.

    A 404 for a stranger, and for everybody while no recognised centre hosts the site.
    """
    host = Host.objects.filter(space__recognised_at__isnull=False).first()
    if host is None:
        raise Http404
    return get_space(user, host.space_id, right)


def get_version(space: Space, pk: int) -> Profile:
    """A version published by a space already opened."""
    found: Profile = get_object_or_404(space.host_profiles.published(), pk=pk)
    return found


def require_administrator(user: User) -> None:
    """Raises PermissionDenied for whoever does not run the installation."""
    if not user.is_staff:
        raise PermissionDenied


def may_host() -> QuerySet[Space]:
    """The spaces among which an administrator chooses."""
    centres = Space.objects.recognised().filter(kind=Space.Kind.RESOURCE_CENTRE)
    return centres.select_related("territory").order_by("name")
